import os

from alembic import context

config = context.config
config.set_main_option("computed", os.environ.get("COMPUTED", "no"))
context.configure(url=config.get_main_option("sqlalchemy.url"))
