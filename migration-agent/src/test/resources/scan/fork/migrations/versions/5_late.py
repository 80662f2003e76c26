"""Later

Revision ID: 5f
"""
revision = '5f'
down_revision = ['4e']


def upgrade():
    pass
