"""Users

Revision ID: 001_users
"""
revision = '001_users'
down_revision = None


def upgrade():
    pass
