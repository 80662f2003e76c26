"""A case."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if not inspector.has_table("crate"):
        op.create_table("crate", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("label", sa.Text()))
        op.create_index("ix_crate_label", "crate", ["label"])
        op.create_table("pallet", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    if sa.inspect(op.get_bind()).has_table("crate"):
        op.drop_table("crate")
