"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


def upgrade():
    op.add_column("t", sa.Column("a", sa.String(length=20), nullable=False, server_default="it's"))
    op.add_column("t", sa.Column("b", sa.Integer(), sa.ForeignKey("other.id", name="fk_b"), index=True), schema="app")
    op.add_column("t", sa.Column("c", sa.Boolean(), unique=True, server_default=sa.false()))
    op.add_column("t", sa.Column("d", sa.Integer(), sa.Computed("a + 1", persisted=True)), if_not_exists=True)
    op.add_column("t", sa.Column("e", sa.Enum("x", name="made_before")))
    op.alter_column("t", "a", type_=sa.Text(), existing_type=sa.String(length=20), nullable=True)
    op.alter_column("t", "a", server_default=None, comment="text")
    op.alter_column("t", "a", server_default=sa.text("now()"), schema="app")
    op.alter_column("t", "a", new_column_name="aa", existing_nullable=True)
    op.alter_column("t", "b", existing_type=sa.Integer())


def downgrade():
    op.alter_column("t", "aa", new_column_name="a")
    op.drop_column("t", "b", schema="app")
    op.drop_column("t", "a", if_exists=True)
