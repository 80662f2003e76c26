"""Tables with all that comes along."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None

LONG = "a_table_with_a_name_that_is_rather_long_for_its_purpose"


def upgrade():
    op.execute("CREATE SCHEMA app")
    op.create_table(
        "customers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail", sa.String(length=200), unique=True),
        sa.Column("born", sa.Date(), index=True),
        sa.Column("kind", sa.Enum("person", "company", name="customer_kind"), nullable=False),
        sa.Column("also", sa.Enum("person", "company", name="customer_kind")),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("born > '1900-01-01'"),
        sa.CheckConstraint("mail <> '' OR born IS NOT NULL"),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id"), index=True, unique=True),
        sa.Column("number", sa.Integer(), sa.Identity(always=True)),
        sa.Column("price", sa.Numeric(10, 2), sa.CheckConstraint("price >= 0"), server_default=sa.text("0")),
        sa.Column("placed", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.String(length=8))),
        sa.Column("extra", postgresql.JSONB()),
        sa.Column("half", sa.Float()),
        sa.Column("some", sa.LargeBinary()),
        sa.UniqueConstraint("customer_id", "number"),
        sa.UniqueConstraint("price", name="uq_price"),
        sa.Index("ix_orders_both", "number", "price"),
        schema="app",
    )
    op.create_table(
        LONG,
        sa.Column("a_column_with_a_name_that_is_long", sa.SmallInteger(), primary_key=True),
        sa.Column("another_column_with_a_name_that_is_long", sa.Integer(), index=True),
        sa.UniqueConstraint("a_column_with_a_name_that_is_long", "another_column_with_a_name_that_is_long"),
    )
    op.create_index(op.f("ix_%s_%s" % (LONG, "a_column_with_a_name")), LONG, ["a_column_with_a_name_that_is_long"])


def downgrade():
    op.drop_table(LONG)
    op.drop_table("orders", schema="app")
    op.drop_table("customers")
    op.execute("DROP TYPE customer_kind")
    op.execute("DROP SCHEMA app")
