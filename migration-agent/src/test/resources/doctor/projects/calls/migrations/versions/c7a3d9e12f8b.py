"""users' datetimes become timezone-aware"""
import sqlalchemy as sa
from alembic import op

revision = "c7a3d9e12f8b"
down_revision = 'fb958ba03c93'
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column("users", "created_at", type_=sa.DateTime(timezone=True))


def downgrade():
    pass
