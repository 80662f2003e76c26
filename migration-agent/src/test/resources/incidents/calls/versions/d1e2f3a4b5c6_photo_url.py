"""Photos of users"""

import sqlalchemy as sa
from alembic import op

revision = "d1e2f3a4b5c6"
down_revision = "c7a3d9e12f8b"


def upgrade():
    op.add_column("users", sa.Column("photo_url", sa.String(500)))


def downgrade():
    op.drop_column("users", "photo_url")
