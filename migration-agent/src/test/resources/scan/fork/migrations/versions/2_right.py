"""To the right

Revision ID: 2c
"""
revision = '2c'
down_revision = '1a'
depends_on = '3d'

def upgrade():
    pass
