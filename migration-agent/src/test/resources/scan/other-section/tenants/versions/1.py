"""For tenants

Revision ID: t1
"""
revision = 't1'
down_revision = None


def upgrade():
    pass
