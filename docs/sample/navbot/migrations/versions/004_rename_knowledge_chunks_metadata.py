"""knowledge_chunks.metadata becomes extra_data"""
from alembic import op

# Shorter than its file's name: the version table holds 32 characters.
revision = "004_rename_chunks_metadata"
down_revision = "003_knowledge_chunks"
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column("knowledge_chunks", "metadata", new_column_name="extra_data")


def downgrade():
    op.alter_column("knowledge_chunks", "extra_data", new_column_name="metadata")
