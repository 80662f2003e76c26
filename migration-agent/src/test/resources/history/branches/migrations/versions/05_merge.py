"""Bring billing and audit together"""
revision = '4d00'
down_revision = ('2b11', '3c00')
depends_on = None
branch_labels = None


def upgrade():
    pass
