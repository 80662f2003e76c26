"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


def upgrade():
    with op.batch_alter_table("t", schema="app") as batch_op:
        batch_op.add_column(sa.Column("a", sa.Integer(), index=True))
        batch_op.alter_column("b", new_column_name="bb", nullable=False)
        batch_op.create_index(batch_op.f("ix_b"), ["b"], unique=True)
        batch_op.create_unique_constraint("uq_b", ["b"])
        batch_op.create_foreign_key("fk_b", "other", ["b"], ["id"], ondelete="CASCADE")
        batch_op.create_check_constraint("ck_b", "b > 0")
        batch_op.create_primary_key("pk_b", ["b"])
        batch_op.create_table_comment("what it is")


def downgrade():
    with op.batch_alter_table("t", schema="app") as batch_op:
        batch_op.drop_constraint("ck_b", type_="check")
        batch_op.drop_index("ix_b")
        batch_op.drop_column("a")
