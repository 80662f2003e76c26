from alembic import op
import sqlalchemy as sa

from tools.names import Names, Tables
from tools.nested import Outer, make

revision = "a1"
down_revision = None

TABLE = "of_the_script"
SUFFIX = "_of_the_script"


def upgrade():
    Names.create()
    Names().create_again()
    op.create_table(Names.TITLE)
    Tables.make("given")
    Outer.Inner.make()
    make(lambda: TABLE)
    if Names.is_open(op.get_bind().execute(sa.text("SELECT 1"))):
        op.create_table("where_open")


def downgrade():
    Names.unknown()
