"""Columns, constraints and indexes changed one by one."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2"
down_revision = "1"

mood = postgresql.ENUM("sad", "glad", name="mood", create_type=False)


def add(table, *names, schema=None):
    for name in names:
        op.add_column(table, sa.Column(name, sa.Text()), schema=schema)


def upgrade():
    mood.create(op.get_bind(), checkfirst=False)
    op.add_column("customers", sa.Column("mood", mood))
    op.add_column("customers", sa.Column("boss", sa.Integer(), sa.ForeignKey("customers.id"), index=True))
    op.add_column("customers", sa.Column("code", sa.String(5), server_default="x", unique=True))
    add("customers", "first", "last")
    add("orders", "note", schema="app")
    with op.batch_alter_table("customers") as batch_op:
        batch_op.alter_column("mail", new_column_name="email", existing_type=sa.String(length=200), type_=sa.Text())
        batch_op.alter_column("first", nullable=False)
        batch_op.create_index(batch_op.f("ix_name"), ["first", "last"], unique=True)
        batch_op.create_foreign_key("fk_boss", "customers", ["boss"], ["id"], ondelete="SET NULL")
        batch_op.drop_column("also")
    op.create_unique_constraint(None, "customers", ["first", "last"])
    op.create_foreign_key(None, "orders", "customers", ["number"], ["id"], source_schema="app")
    op.create_check_constraint("ck_last", "customers", "last <> ''")
    op.create_index("ix_lower", "customers", [sa.text("lower(last)")], postgresql_where=sa.text("last IS NOT NULL"))
    op.drop_constraint("orders_price_check", "orders", schema="app", type_="check")
    op.drop_index("ix_customers_born", table_name="customers")
    op.drop_column("orders", "tags", schema="app")


def downgrade():
    raise NotImplementedError
