"""Base"""
from alembic import op
import sqlalchemy as sa

revision = '1a'
down_revision = None


def upgrade():
    op.create_table('invoice', sa.Column('id', sa.Integer(), primary_key=True))
