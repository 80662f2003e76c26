"""Accounts"""

import sqlalchemy as sa
from alembic import op

revision = "008_accounts"
down_revision = None


def upgrade():
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
    )


def downgrade():
    op.drop_table("accounts")
