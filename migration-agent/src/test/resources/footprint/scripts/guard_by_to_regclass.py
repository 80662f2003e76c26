"""A case."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def exists(name):
    return op.get_bind().scalar(sa.text("SELECT to_regclass(:name)"), {"name": name}) is not None


def upgrade():
    if exists("public.crate"):
        op.rename_table("crate", "box")
    if not exists("pallet"):
        op.execute("CREATE TABLE pallet (id serial PRIMARY KEY)")
    if op.get_bind().execute(sa.text("SELECT to_regclass('v') IS NULL")).scalar():
        op.execute("CREATE VIEW v AS SELECT 1 AS one")


def downgrade():
    pass
