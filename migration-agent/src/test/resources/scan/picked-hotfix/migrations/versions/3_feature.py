"""Add a rate"""
from alembic import op
import sqlalchemy as sa

revision = '3b'
down_revision = '2b'


def upgrade():
    op.add_column('invoice', sa.Column('rate', sa.Numeric()))
