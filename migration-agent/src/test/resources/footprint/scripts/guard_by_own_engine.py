"""Looks through an engine that is made of the configuration which the migration itself uses; of any other nothing is known."""
import sqlalchemy as sa
from alembic import context, op
from sqlalchemy import engine_from_config

revision = "1"
down_revision = None


def there(table, schema=None):
    config = op.get_context().config
    engine = engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.")
    return sa.inspect(engine).has_table(table, schema)


def upgrade():
    if there("crate"):
        return
    op.create_table("barrel", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table("crate", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    section = context.config.get_section("alembic")
    with sa.engine_from_config(section).connect() as connection:
        if sa.inspect(connection).has_table("crate"):
            op.drop_table("crate")
    if sa.inspect(sa.create_engine("postgresql://elsewhere/shop")).has_table("barrel"):
        op.drop_table("barrel")
