"""saved routes, begun on another branch"""
import sqlalchemy as sa
from alembic import op

revision = "003_other_feature"
down_revision = "002_rename_metadata"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "saved_routes",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
    )


def downgrade():
    op.drop_table("saved_routes")
