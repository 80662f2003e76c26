"""A case."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade():
    present = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("crate")}
    if "weight" not in present:
        op.add_column("crate", sa.Column("weight", sa.Integer()))
        op.create_index("ix_crate_weight", "crate", ["weight"])
    if "old_weight" in present:
        with op.batch_alter_table("crate") as batch:
            batch.drop_column("old_weight")


def downgrade():
    pass
