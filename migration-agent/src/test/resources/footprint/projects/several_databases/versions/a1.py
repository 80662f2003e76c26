from alembic import op
import sqlalchemy as sa

globals()["revision"] = "a1"
globals()["down_revision"] = None

ONE = "first"


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()
    globals()["only_" + ONE]()


def downgrade(engine_name):
    globals()[f"downgrade_{engine_name}"]()
    globals()[engine_name]()
    globals()["nothing_" + engine_name]()


def upgrade_first():
    op.create_table("of_the_first", sa.Column("id", sa.Integer()))


def upgrade_second():
    op.create_table("of_the_second", sa.Column("id", sa.Integer()))


def only_first():
    op.create_table("only")


def downgrade_first():
    op.drop_table("of_the_first")


def downgrade_second():
    pass
