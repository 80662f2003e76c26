"""call stats"""
import sqlalchemy as sa
from alembic import op

revision = "fb958ba03c93"
down_revision = '9044ba1e3377'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("call_stats", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("seconds", sa.Integer()))


def downgrade():
    pass
