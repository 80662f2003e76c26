"""A case."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade():
    bind = op.get_bind()
    if not bind.execute(sa.text("SELECT 1 FROM pg_type WHERE typname = 'state'")).scalar():
        op.execute("CREATE TYPE state AS ENUM ('new', 'sold')")
    if bind.execute(sa.text("SELECT indexname FROM pg_indexes WHERE indexname = 'ix_old'")).first():
        op.execute("DROP INDEX ix_old")
    names = {row[0] for row in bind.execute(sa.text("SELECT conname FROM pg_constraint WHERE conrelid = 'crate'::regclass"))}
    if "uq_crate_label" not in names:
        op.create_unique_constraint("uq_crate_label", "crate", ["label"])


def downgrade():
    pass
