"""Knowledge in chunks"""

import sqlalchemy as sa
from alembic import op

from sqlalchemy.dialects import postgresql

revision = "003_knowledge_chunks"
down_revision = "002_rename_metadata"


def upgrade():
    op.create_table(
        "knowledge_chunks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id", ondelete="CASCADE")),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("metadata", postgresql.JSONB),
    )


def downgrade():
    op.drop_table("knowledge_chunks")
