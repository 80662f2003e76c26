"""Rows that are written in a transaction without changes of the schema, and with them."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade():
    op.add_column("parcel", sa.Column("weight", sa.Integer()))
    op.execute("UPDATE parcel SET weight = 1")
    with op.get_context().autocommit_block():
        op.create_index("ix_weight", "parcel", ["weight"], postgresql_concurrently=True)
        op.execute("UPDATE parcel SET weight = 2")
    op.execute("UPDATE parcel SET weight = 3")


def downgrade():
    op.drop_column("parcel", "weight")
    op.execute("DELETE FROM parcel; COMMIT; DELETE FROM crate")
    op.drop_index("ix_weight")
    op.get_bind().commit()
    op.execute("DELETE FROM box")
