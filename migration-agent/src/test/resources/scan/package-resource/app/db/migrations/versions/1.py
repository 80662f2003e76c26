"""In a package

Revision ID: a1
"""
revision = 'a1'
down_revision = None


def upgrade():
    pass
