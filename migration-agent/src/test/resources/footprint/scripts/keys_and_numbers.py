"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


def upgrade():
    op.create_table("serial_by_flag", sa.Column("id", sa.SmallInteger, primary_key=True))
    op.create_table("big", sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True))
    op.create_table("no_number", sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False))
    op.create_table("by_default", sa.Column("id", sa.Integer(), primary_key=True, server_default=sa.text("nextval('x')")))
    op.create_table("text_key", sa.Column("id", sa.String(), primary_key=True))
    op.create_table(
        "two", sa.Column("a", sa.Integer(), primary_key=True), sa.Column("b", sa.Integer(), primary_key=True)
    )
    op.create_table("child", sa.Column("id", sa.Integer(), sa.ForeignKey("big.id"), primary_key=True))
    op.create_table("explicit", sa.Column("id", sa.Integer(), sa.Sequence("explicit_numbers"), primary_key=True))
    op.create_table(
        "named", sa.Column("id", sa.Integer()), sa.PrimaryKeyConstraint("id", name="named_pk"), schema="app"
    )


def downgrade():
    pass
