"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


def upgrade(op):
    op.add_column("t", sa.Column("a", sa.Integer()))
    op.execute("DROP VIEW v")


def downgrade(op=None):
    op.drop_column("t", "a")
