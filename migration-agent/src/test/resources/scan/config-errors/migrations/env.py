from sqlalchemy import engine_from_config
from alembic import context

config = context.config
engine = engine_from_config(config.get_section(config.config_ini_section))
