# The note is needed at once.
"""Note of an invoice, picked from the feature branch"""
from alembic import op
import sqlalchemy as sa

revision = "2c"
down_revision = "1a"


def upgrade() -> None:
    """Add the column."""
    op.add_column("invoice", sa.Column("note", sa.Text()))
