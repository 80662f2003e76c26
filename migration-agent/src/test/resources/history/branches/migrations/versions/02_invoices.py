"""Invoices"""
revision = '2b00'
down_revision = '1a00'
depends_on = None
branch_labels = ('billing',)


def upgrade():
    pass
