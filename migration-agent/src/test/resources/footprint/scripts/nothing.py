"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


import logging

logger = logging.getLogger("alembic")


def upgrade():
    """Merges two branches."""
    logger.info("nothing to do in %s", revision)
    pass


def downgrade():
    print("nothing")
