"""A case."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade():
    known = set(sa.inspect(op.get_bind()).get_table_names())
    if "crate" in known:
        return
    op.create_table("crate", sa.Column("id", sa.Integer(), primary_key=True))
    if "depot" in known:
        op.create_foreign_key("fk_crate_depot", "crate", "depot", ["id"], ["id"])


def downgrade():
    if "crate" not in sa.inspect(op.get_bind()).get_table_names():
        return
    op.drop_table("crate")
