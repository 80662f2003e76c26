"""A case."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def has_table(name):
    return name in sa.inspect(op.get_bind()).get_table_names()


def has_column(table, column):
    if not has_table(table):
        return False
    return column in [c["name"] for c in sa.inspect(op.get_bind()).get_columns(table)]


def has_index(table, index):
    try:
        return index in {i["name"] for i in sa.inspect(op.get_bind()).get_indexes(table)}
    except Exception:
        return False


def add_column_if_missing(table, column):
    if has_table(table) and not has_column(table, column.name):
        op.add_column(table, column)


def upgrade():
    for name in ("length", "width"):
        if has_column("crate", name):
            continue
        op.add_column("crate", sa.Column(name, sa.Integer()))
    if not has_index("crate", "ix_crate_length"):
        op.create_index("ix_crate_length", "crate", ["length"])
    add_column_if_missing("crate", sa.Column("height", sa.Integer()))


def downgrade():
    pass
