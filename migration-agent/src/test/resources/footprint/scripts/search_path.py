"""Where unqualified names lead is one for statements and operations."""

from alembic import op
import sqlalchemy as sa

revision = "s1"
down_revision = None


def upgrade():
    op.execute("SET search_path TO app, public")
    op.create_table("made", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_index("ix_made_id", "made", ["id"])
    op.add_column("older", sa.Column("a", sa.Integer()))
    op.execute("CREATE TEMP TABLE scratch (a int)")
    op.drop_table("scratch")


def downgrade():
    op.drop_table("made")
