"""Audit log"""
revision = '3c00'
down_revision = '1a00'
depends_on = None
branch_labels = None


def upgrade():
    pass
