"""Types of the project."""
import sqlalchemy as sa
from alembic import op
from shop import types
from shop.types import Bag, Code, Guid

revision = "a1"
down_revision = None


def upgrade():
    op.create_table(
        "item",
        sa.Column("id", Guid(), primary_key=True),
        sa.Column("other_id", Guid, nullable=True),
        sa.Column("price", types.Price()),
        sa.Column("code", Code(5)),
        sa.Column("long_code", Code(length=50)),
        sa.Column("free_code", Code),
        sa.Column("word", types.Word(9)),
        sa.Column("prefixed", types.Prefixed("x")),
        sa.Column("bag", Bag()),
        sa.Column("bags", sa.ARRAY(Bag())),
        sa.Column("computed", types.Computed()),
        sa.Column("shape", types.Shape()),
        sa.Column("mail", types.Mail()),
    )


def downgrade():
    pass
