"""A case."""
import sqlalchemy as sa
import sqlmodel
from sqlalchemy_utils import UUIDType
from alembic import op

revision = "1"
down_revision = None


def upgrade():
    bind = op.get_bind()
    try:
        op.add_column("crate", sa.Column("label", sqlmodel.sql.sqltypes.AutoString()))
        op.add_column("crate", sa.Column("tag", UUIDType(binary=False)))
        op.add_column("crate", sa.Column("weight", sa.Integer()))
    except Exception:
        pass
    try:
        sa.Table("depot", sa.MetaData(), autoload_with=bind)
        op.create_table("depot_copy")
    except Exception:
        print("there is no depot")
    try:
        with bind.begin_nested():
            op.create_index("ix_crate_weight", "crate", ["weight"])
    except Exception:
        pass
    with op.get_context().autocommit_block():
        try:
            op.execute("ALTER TYPE state ADD VALUE 'lost'")
        except Exception:
            pass
    try:
        columns = {c["name"] for c in sa.inspect(bind).get_columns("crate")}
    except Exception:
        columns = set()
    if "height" not in columns:
        op.add_column("crate", sa.Column("height", sa.Integer()))


def downgrade():
    pass
