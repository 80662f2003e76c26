"""columns change"""
from alembic import op
import sqlalchemy as sa

revision = "two"
down_revision = "one"
branch_labels = ("columns",)
depends_on = None


def upgrade():
    bind = op.get_bind()
    inspector = sa.inspect(bind)
    columns = [column["name"] for column in inspector.get_columns("users")]
    if "nickname" not in columns:
        op.add_column("users", sa.Column("nickname", sa.String(64), nullable=True))
    for table in ("users", "events"):
        op.add_column(table, sa.Column("note", sa.Text(), nullable=True))
    op.alter_column("events", "metadata", new_column_name="extra_data")
    with op.batch_alter_table("users") as batch:
        batch.alter_column("email", existing_type=sa.String(320), type_=sa.Text(), nullable=False)
    op.create_foreign_key("fk_events_users", "events", "users", ["user_id"], ["id"])
    op.drop_constraint("uq_users_email", "users", type_="unique")


def downgrade():
    op.drop_column("users", "note")
