"""A case."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def column_exists(connection, table, column):
    result = connection.execute(
        sa.text(
            """
            SELECT column_name
            FROM information_schema.columns
            WHERE table_schema = current_schema()
              AND table_name = :table
              AND column_name = :column
            """
        ),
        {"table": table, "column": column},
    )
    return result.fetchone() is not None


def upgrade():
    connection = op.get_bind()
    if not column_exists(connection, "crate", "weight"):
        op.execute("ALTER TABLE crate ADD COLUMN weight integer")
    found = connection.execute(
        sa.text("SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = :name)"),
        {"name": "pallet"},
    ).scalar()
    if not found:
        op.create_table("pallet", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    pass
