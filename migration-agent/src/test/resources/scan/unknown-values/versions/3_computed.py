"""A parent that is computed

Revision ID: 3c
"""
revision = '3c'
down_revision = parent_of('3c')


def upgrade():
    pass
