"""A case."""
from string import Template

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import UserDefinedType

revision = "1"
down_revision = None


class Tree(UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "LTREE"


class Bits(UserDefinedType):
    def __init__(self, length):
        self.length = length

    def get_col_spec(self, **kw):
        return "bit(%d)" % self.length


class Odd(UserDefinedType):
    def get_col_spec(self, **kw):
        return "numeric(4,1)[]"


def upgrade():
    op.execute(Template("CREATE TABLE $name (price ${type}, note text DEFAULT '$$')").substitute(name="coin", type="int"))
    op.execute(Template("CREATE TABLE $name (id int)").substitute({"name": "purse"}))
    op.execute(sa.DDL("ALTER TABLE %(t)s ADD COLUMN %(c)s int", context={"t": "coin", "c": "worth"}))
    op.add_column("coin", sa.Column("path", Tree()))
    op.add_column("coin", sa.Column("flags", Bits(8)))
    op.add_column("coin", sa.Column("odd", Odd))
    # A place that nothing fills.
    op.execute(Template("DROP TABLE $other").substitute(name="coin"))


def downgrade():
    pass
