"""Base

Revision ID: 1a
"""
revision = '1a'
down_revision = None
from labels.names import CORE
branch_labels = (CORE,)

def upgrade():
    pass
