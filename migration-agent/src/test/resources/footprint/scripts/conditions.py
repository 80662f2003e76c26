"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


def upgrade():
    bind = op.get_bind()
    inspector = sa.inspect(bind)
    if "t" in inspector.get_table_names():
        return
    op.create_table("t", sa.Column("a", sa.Integer()))
    if bind.dialect.name == "sqlite":
        op.drop_table("only_on_sqlite")
    if bind.dialect.name == "postgresql":
        op.execute("CREATE INDEX on_postgresql ON t (a)")


def downgrade():
    try:
        op.drop_table("t")
    except Exception:
        pass
    while op.get_bind().execute(sa.text("SELECT 1")).scalar():
        op.drop_table("again")
