"""Round

Revision ID: c3
"""
revision = 'c3'
down_revision = 'd4'


def upgrade():
    pass
