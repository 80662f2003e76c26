"""indexes"""
import sqlalchemy as sa
from alembic import op

revision = "f1a2b3c4d5e6"
down_revision = 'e5f6a7b8c9d0'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_calls_user_id", "calls", ["user_id"])


def downgrade():
    pass
