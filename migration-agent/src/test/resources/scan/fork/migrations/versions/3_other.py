"""Another base

Revision ID: 3d
"""
revision = '3d'
down_revision = ()


def upgrade():
    pass
