"""Good

Revision ID: 1a
"""
revision = '1a'
down_revision = None


def upgrade():
    pass
