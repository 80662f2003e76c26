"""clean up"""
import sqlalchemy as sa
from alembic import op

revision = "a1b2c3d4e5f6"
down_revision = 'f1a2b3c4d5e6'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("DELETE FROM calls WHERE user_id IS NULL")


def downgrade():
    pass
