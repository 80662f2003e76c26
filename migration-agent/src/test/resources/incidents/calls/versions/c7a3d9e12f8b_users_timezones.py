"""Times of users know their zone"""

import sqlalchemy as sa
from alembic import op

revision = "c7a3d9e12f8b"
down_revision = "fb958ba03c93"


def upgrade():
    for column in ("created_at", "last_seen_at"):
        op.alter_column(
            "users",
            column,
            existing_type=sa.DateTime(),
            type_=sa.DateTime(timezone=True),
            postgresql_using=f"{column} AT TIME ZONE 'UTC'",
        )


def downgrade():
    for column in ("created_at", "last_seen_at"):
        op.alter_column("users", column, existing_type=sa.DateTime(timezone=True), type_=sa.DateTime())
