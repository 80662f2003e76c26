"""Kinds in lower case"""

import sqlalchemy as sa
from alembic import op

revision = "002a_normalize_kinds"
down_revision = "002_rename_metadata"


def upgrade():
    op.execute("UPDATE events SET kind = lower(kind)")


def downgrade():
    pass
