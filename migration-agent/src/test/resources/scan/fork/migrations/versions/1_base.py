"""The base

Revision ID: 1a
"""
revision = '1a'
down_revision = None
branch_labels = ('core',)

def upgrade():
    pass
