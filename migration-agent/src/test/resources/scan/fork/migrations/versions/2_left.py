"""To the left

Revision ID: 2b
"""
revision = '2b'
down_revision = '1a'


def upgrade():
    pass
