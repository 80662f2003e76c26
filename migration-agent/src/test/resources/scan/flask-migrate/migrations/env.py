from flask import current_app
from alembic import context
