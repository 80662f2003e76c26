"""Orders

Revision ID: 002_orders
"""
revision = '002_orders'
down_revision = '001_users'


def upgrade():
    pass
