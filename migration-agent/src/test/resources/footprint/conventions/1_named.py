"""What is named in full, by a short name, or not at all."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade():
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mail", sa.String(200), unique=True),
        sa.Column("age", sa.Integer(), sa.CheckConstraint("age < 150", name="mortal"), index=True),
        sa.Column("kind", sa.Enum("a", "b", name="known", native_enum=False, create_constraint=True)),
        sa.Column("nick", sa.Text(), unique=True, index=True),
        sa.CheckConstraint("age > 17", name="adult"),
        sa.CheckConstraint(sa.text("mail <> nick"), name=op.f("finished_check")),
        sa.UniqueConstraint("age", "kind"),
        sa.UniqueConstraint("kind", "nick", name="given_unique"),
        sa.Index(None, "kind", "age"),
    )
    op.create_table(
        "order_of_a_customer_who_has_a_rather_long_name",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year_of_the_order", sa.Integer(), nullable=False),
        sa.Column("account_that_pays_for_it_in_the_end_id", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("account_id", sa.Integer()),
        sa.Column("cents", sa.Integer()),
        sa.PrimaryKeyConstraint("number", "year_of_the_order"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.CheckConstraint("cents > 0", name="number_of_cents_of_an_order_is_above_zero"),
    )
    op.create_table(
        "plain", sa.Column("a", sa.Integer()), sa.Column("b", sa.Integer()), sa.Column("c", sa.Integer())
    )


def downgrade():
    pass
