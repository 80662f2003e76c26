import sqlalchemy as sa
from alembic import context, op

from helpers import is_done

revision = "001"
down_revision = None


def upgrade():
    if is_done(op, __name__):
        return
    op.create_table("orders", sa.Column("id", sa.Integer, primary_key=True))
    config = context.config
    if config.get_main_option("with_audit") == "yes":
        op.create_table("audit", sa.Column("id", sa.Integer))
    if config.get_main_option("not_there", "yes") == "yes":
        op.create_table("by_default", sa.Column("id", sa.Integer))
    for part in range(int(config.get_main_option("rounds"))):
        op.create_table("part_%d" % part, sa.Column("id", sa.Integer))
    op.execute("CREATE SCHEMA " + config.get_main_option("TENANT"))


def downgrade():
    op.drop_table("orders")
