"""An index on orders

Revision ID: 003_add_index
"""
revision = '003_add_index'
down_revision = '002_orders'


def upgrade():
    pass
