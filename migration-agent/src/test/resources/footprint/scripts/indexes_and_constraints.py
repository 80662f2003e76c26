"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


def upgrade():
    op.create_index("ix_a", "t", ["a"])
    op.create_index(op.f("ix_b"), "t", ["b", "c"], unique=True, schema="app")
    op.create_index("ix_c", "t", [sa.text("lower(c)"), "d"], postgresql_using="gin", postgresql_where=sa.text("d > 0"))
    op.create_index("ix_d", "t", ["d"], if_not_exists=True, postgresql_concurrently=True)
    op.create_index(None, "t", ["e"])
    op.create_index("ix_f", "t", [sa.text("f, (g ->> 'a,b'), lower(h)"), sa.text("i DESC")])
    op.create_unique_constraint("uq_a", "t", ["a"])
    op.create_unique_constraint(None, "t", ["a", "b"])
    op.create_foreign_key("fk_a", "t", "other", ["a"], ["id"], ondelete="SET NULL", source_schema="app")
    op.create_foreign_key(None, "t", "other", ["a", "b"], ["id", "no"], referent_schema="app")
    op.create_check_constraint("ck_a", "t", "a > 0")
    op.create_check_constraint("ck_b", "t", sa.column("a") > 0)
    op.create_primary_key("pk_t", "t", ["a"])
    op.create_exclude_constraint("ex_t", "t", ("a", "="), ("b", "&&"), where="a > 0", using="gist")


def downgrade():
    op.drop_constraint("ck_a", "t", type_="check")
    op.drop_constraint(op.f("fk_a"), "t", type_="foreignkey", schema="app")
    op.drop_index("ix_a", table_name="t")
    op.drop_index(op.f("ix_b"), table_name="t", schema="app")
    op.drop_index("ix_d", if_exists=True)
