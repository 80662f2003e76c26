"""Friends"""

import sqlalchemy as sa
from alembic import op

revision = "e5f6a7b8c9d0"
down_revision = "d1e2f3a4b5c6"


def upgrade():
    op.create_table(
        "friend_links",
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("friend_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True),
    )


def downgrade():
    op.drop_table("friend_links")
