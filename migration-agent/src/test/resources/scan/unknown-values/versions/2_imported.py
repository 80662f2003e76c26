"""Label of another package

Revision ID: 2b
"""
revision = '2b'
down_revision = '1a'
from elsewhere.branches import EXPAND
branch_labels = (EXPAND,)

def upgrade():
    pass
