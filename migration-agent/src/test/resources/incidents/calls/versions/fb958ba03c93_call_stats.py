"""Statistics of calls"""

import sqlalchemy as sa
from alembic import op

revision = "fb958ba03c93"
down_revision = "9044ba1e3377"


def upgrade():
    op.create_table(
        "call_stats",
        sa.Column("call_id", sa.Integer, sa.ForeignKey("calls.id"), primary_key=True),
        sa.Column("seconds", sa.Integer, nullable=False),
    )


def downgrade():
    op.drop_table("call_stats")
