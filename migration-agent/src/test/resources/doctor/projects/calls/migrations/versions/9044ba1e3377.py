"""users, calls and participants"""
import sqlalchemy as sa
from alembic import op

revision = "9044ba1e3377"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(80), nullable=False), sa.Column("created_at", sa.DateTime()))
    op.create_table("calls", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id")))
    op.create_table("participants", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("call_id", sa.Integer(), sa.ForeignKey("calls.id")))


def downgrade():
    pass
