"""photo of a user"""
import sqlalchemy as sa
from alembic import op

revision = "d1e2f3a4b5c6"
down_revision = 'c7a3d9e12f8b'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("photo_url", sa.String(200)))


def downgrade():
    pass
