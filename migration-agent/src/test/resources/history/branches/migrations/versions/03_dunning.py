"""Dunning"""
revision = '2b11'
down_revision = '2b00'
depends_on = None
branch_labels = None


def upgrade():
    pass
