"""In the second

Revision ID: b2
"""
revision = 'b2'
down_revision = 'a1'


def upgrade():
    pass
