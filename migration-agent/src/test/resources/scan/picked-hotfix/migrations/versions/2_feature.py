"""Add a note to invoices"""
from alembic import op
import sqlalchemy as sa

revision = '2b'
down_revision = '1a'


def upgrade():
    op.add_column('invoice', sa.Column('note', sa.Text()))
