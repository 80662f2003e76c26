"""Rewards on the leaderboard"""

import sqlalchemy as sa
from alembic import op

revision = "b8c9d4e5f6a7"
down_revision = "79fa342a014c"


def upgrade():
    op.create_table(
        "leaderboard_rewards",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mission_id", sa.Integer, sa.ForeignKey("missions.id"), nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
    )


def downgrade():
    op.drop_table("leaderboard_rewards")
