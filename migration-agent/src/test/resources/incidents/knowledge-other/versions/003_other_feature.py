"""Ratings of events"""

import sqlalchemy as sa
from alembic import op

revision = "003_other_feature"
down_revision = "002_rename_metadata"


def upgrade():
    op.create_table(
        "ratings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("stars", sa.SmallInteger, nullable=False),
    )
    op.add_column("events", sa.Column("rated", sa.Boolean, server_default=sa.false(), nullable=False))


def downgrade():
    op.drop_column("events", "rated")
    op.drop_table("ratings")
