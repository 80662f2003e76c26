"""The same name, in the chunks"""

import sqlalchemy as sa
from alembic import op

revision = "004_rename_chunks_metadata"
down_revision = "003_knowledge_chunks"


def upgrade():
    op.alter_column("knowledge_chunks", "metadata", new_column_name="extra_data")


def downgrade():
    op.alter_column("knowledge_chunks", "extra_data", new_column_name="metadata")
