"""friend links"""
import sqlalchemy as sa
from alembic import op

revision = "e5f6a7b8c9d0"
down_revision = 'd1e2f3a4b5c6'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("friend_links", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("friend_id", sa.Integer()))


def downgrade():
    pass
