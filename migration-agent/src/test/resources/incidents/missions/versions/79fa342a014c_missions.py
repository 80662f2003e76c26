"""Missions"""

import sqlalchemy as sa
from alembic import op

revision = "79fa342a014c"
down_revision = None


def upgrade():
    op.create_table(
        "missions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("icon", sa.String(50)),
    )


def downgrade():
    op.drop_table("missions")
