"""links in both directions"""
import sqlalchemy as sa
from alembic import op

revision = "g1h2i3j4k5l6"
down_revision = 'a1b2c3d4e5f6'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE friend_links SET friend_id = 0 WHERE friend_id IS NULL")


def downgrade():
    pass
