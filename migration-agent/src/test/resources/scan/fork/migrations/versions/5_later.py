"""Later too

Revision ID: 5a
"""
revision = '5a'
down_revision = '4e'


def upgrade():
    pass
