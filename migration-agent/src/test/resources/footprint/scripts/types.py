"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


import app.types
from pgvector.sqlalchemy import Vector
from sqlalchemy.dialects.postgresql import ARRAY, JSONB


def upgrade():
    op.create_table(
        "t",
        sa.Column("a", sa.Integer),
        sa.Column("b", sa.VARCHAR(length=5)),
        sa.Column("c", sa.CHAR(3)),
        sa.Column("d", sa.Text()),
        sa.Column("e", sa.Unicode()),
        sa.Column("f", sa.DateTime()),
        sa.Column("g", postgresql.TIMESTAMP(timezone=True, precision=3)),
        sa.Column("h", sa.Time()),
        sa.Column("i", sa.Date()),
        sa.Column("j", sa.Interval()),
        sa.Column("k", sa.Float()),
        sa.Column("l", sa.Float(precision=10)),
        sa.Column("m", sa.Numeric()),
        sa.Column("n", sa.Numeric(precision=10)),
        sa.Column("o", sa.Boolean()),
        sa.Column("p", sa.LargeBinary()),
        sa.Column("q", sa.JSON()),
        sa.Column("r", JSONB(astext_type=sa.Text())),
        sa.Column("s", ARRAY(sa.String(length=8), dimensions=2)),
        sa.Column("t", postgresql.INET()),
        sa.Column("u", postgresql.TSVECTOR()),
        sa.Column("v", sa.Enum("x", "yy", name="old", native_enum=False)),
        sa.Column("w", postgresql.ENUM("x", name="Cased", schema="app", create_type=False)),
        sa.Column("x", sa.Uuid()),
        sa.Column("y", app.types.Money(5)),
        sa.Column("z", sa.JSON().with_variant(JSONB(), "postgresql")),
        sa.Column("aa", sa.String().with_variant(sa.String(5), "mysql")),
        sa.Column("bb", Vector(3)),
        sa.Column("cc", postgresql.BIT(4)),
        sa.Column("dd", sa.DOUBLE_PRECISION()),
        sa.Column("ee", sa.Enum(app.types.Colour)),
    )


def downgrade():
    op.drop_table("t")
