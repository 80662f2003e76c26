"""Both together

Revision ID: 4e
"""
revision = '4e'
down_revision = ('2b', '2c')


def upgrade():
    pass
