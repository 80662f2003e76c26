"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


TABLES = ["first", "second"]


def timestamps():
    return [sa.Column("created", sa.DateTime()), sa.Column("updated", sa.DateTime())]


def add_note(table, length=10):
    op.add_column(table, sa.Column("note", sa.String(length)))


def upgrade():
    for table in TABLES:
        op.add_column(table, sa.Column("tenant", sa.Integer()))
        add_note(table, length=20)
    op.create_table("third", sa.Column("id", sa.Integer(), primary_key=True), *timestamps())
    for name, column in {"ix_x": "x", "ix_y": "y"}.items():
        op.create_index(name, "third", [column])


def downgrade():
    for table in reversed(TABLES):
        op.drop_column(table, "tenant")
    [op.drop_column(table, "note") for table in TABLES]
