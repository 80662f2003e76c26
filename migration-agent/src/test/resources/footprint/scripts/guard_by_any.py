"""A case."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if not any(column["name"] == "weight" for column in inspector.get_columns("crate")):
        op.add_column("crate", sa.Column("weight", sa.Integer()))
    if any(index["name"] == "ix_old" for index in inspector.get_indexes("crate")):
        op.drop_index("ix_old", table_name="crate")
    if not any(key["name"] == "fk_crate_depot" for key in inspector.get_foreign_keys("crate")):
        op.create_foreign_key("fk_crate_depot", "crate", "depot", ["depot_id"], ["id"])


def downgrade():
    names = [key["name"] for key in sa.inspect(op.get_bind()).get_foreign_keys("crate")]
    if "fk_old" not in names and "fk_crate_depot" in names:
        return
    op.drop_constraint("fk_old", "crate", type_="foreignkey")
