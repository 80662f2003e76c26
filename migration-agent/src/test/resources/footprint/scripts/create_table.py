"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


def upgrade():
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), unique=True),
        sa.Column("customer_id", postgresql.UUID(as_uuid=True), sa.ForeignKey("customers.id", ondelete="CASCADE")),
        sa.Column("state", sa.Enum("open", "paid", name="order_state"), server_default="open", index=True),
        sa.Column("also_state", sa.Enum("open", "paid", name="order_state")),
        sa.Column("price", sa.Text()),
        sa.Column("price", sa.Numeric(10, 2), sa.CheckConstraint("price >= 0"), server_default=sa.text("0")),
        sa.Column("placed", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False, comment="when"),
        sa.Column("code", sa.String(32), index=True, unique=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("customer_id", "number"),
        sa.UniqueConstraint("code", name="uq_code"),
        sa.ForeignKeyConstraint(["customer_id", "number"], ["app.lines.a", "app.lines.b"], name=op.f("fk_lines")),
        sa.CheckConstraint("number > 0 AND price < 5"),
        sa.Index("ix_both", "number", "price", unique=True),
        postgresql.ExcludeConstraint((sa.column("placed"), "&&"), name="no_overlap"),
        comment="what was ordered",
    )


def downgrade():
    op.drop_table("orders")
    sa.Enum(name="order_state").drop(op.get_bind())
