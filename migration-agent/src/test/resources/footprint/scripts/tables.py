"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


def upgrade():
    op.rename_table("a", "b")
    op.rename_table("a", "b", schema="app")
    op.create_table("maybe", sa.Column("a", sa.Integer()), if_not_exists=True)
    op.create_table("parts", sa.Column("a", sa.Integer()), postgresql_partition_by="RANGE (a)")
    op.create_table_comment("b", "what it is")
    op.drop_table_comment("b")


def downgrade():
    op.drop_table("maybe", if_exists=True)
    op.drop_table("parts", schema="app")
