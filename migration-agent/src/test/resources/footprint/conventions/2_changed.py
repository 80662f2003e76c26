"""The same by operations on tables that are there."""
import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade():
    op.create_primary_key(None, "plain", ["a"])
    op.create_unique_constraint(None, "plain", ["b", "c"])
    op.create_unique_constraint(None, "account", ["id", "nick"])
    op.create_check_constraint("positive", "plain", "b > 0")
    op.create_check_constraint("below_a_thousand", "plain", sa.text("b < 1000"))
    op.create_foreign_key(None, "plain", "account", ["c"], ["id"])
    op.create_foreign_key("given_key", "plain", "account", ["b"], ["id"])
    op.create_index(None, "plain", ["c", "b"])
    op.create_index(None, "account", [sa.text("lower(mail)")])
    op.create_index("given_index", "plain", ["c"])
    op.add_column("plain", sa.Column("d", sa.Integer(), sa.ForeignKey("plain.a"), unique=True))
    op.add_column("plain", sa.Column("e", sa.Integer(), index=True))
    op.add_column("plain", sa.Column("f", sa.Enum("x", "yy", name="f_known", native_enum=False, create_constraint=True)))
    op.drop_constraint("adult", "account", type_="check")
    op.drop_constraint(op.f("finished_check"), "account", type_="check")
    op.drop_constraint("given_unique", "account", type_="unique")
    with op.batch_alter_table("plain", naming_convention={"ck": "never_%(constraint_name)s", "uq": "never"}) as batch_op:
        batch_op.drop_constraint("below_a_thousand", type_="check")
        batch_op.create_check_constraint("below_two_thousand", "b < 2000")
        batch_op.create_unique_constraint(None, ["e"])
        batch_op.create_unique_constraint(batch_op.f("finished_unique"), ["f"])
        batch_op.drop_index("given_index")
        batch_op.alter_column(
            "f", existing_type=sa.Enum("x", "yy", name="f_known", native_enum=False, create_constraint=True),
            type_=sa.Enum("x", "yyy", name="f_known_2", native_enum=False, create_constraint=True))


def downgrade():
    pass
