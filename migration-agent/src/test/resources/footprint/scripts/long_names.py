"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


LONG = "a_table_with_a_name_that_is_rather_long_for_its_purpose"


def upgrade():
    op.create_table(
        LONG,
        sa.Column("a_column_with_a_long_name", sa.Integer(), primary_key=True),
        sa.Column("another_column_with_a_long_name", sa.Integer(), sa.ForeignKey("x.y"), index=True, unique=False),
        sa.UniqueConstraint("a_column_with_a_long_name", "another_column_with_a_long_name"),
    )
    op.create_index(op.f(f"ix_{LONG}_another_column_with_a_long_name_too"), LONG, ["another_column_with_a_long_name"])


def downgrade():
    op.drop_table(LONG)
