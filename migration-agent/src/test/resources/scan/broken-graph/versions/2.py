"""Its parent is gone

Revision ID: b2
"""
revision = 'b2'
down_revision = 'gone'


def upgrade():
    pass
