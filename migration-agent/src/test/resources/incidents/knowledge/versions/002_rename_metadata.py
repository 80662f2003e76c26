"""SQLAlchemy keeps the name "metadata" for itself"""

import sqlalchemy as sa
from alembic import op

revision = "002_rename_metadata"
down_revision = "001_initial"


def upgrade():
    op.alter_column("events", "metadata", new_column_name="extra_data")


def downgrade():
    op.alter_column("events", "extra_data", new_column_name="metadata")
