"""Below it

Revision ID: c3
"""
revision = 'c3'
down_revision = 'b2'


def upgrade():
    pass
