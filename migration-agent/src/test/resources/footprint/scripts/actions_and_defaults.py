"""Foreign keys that do something to their rows; columns with and without a default."""
import os

import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None

more = {"ondelete": os.environ["ACTION"]}


def upgrade():
    op.create_table(
        "t",
        sa.Column("id", sa.Integer, sa.Sequence("ids"), primary_key=True),
        sa.Column("a", sa.Integer, sa.ForeignKey("u.id", ondelete="cascade", onupdate="set  null")),
        sa.Column("b", sa.Integer, sa.ForeignKey("u.id", name="fk_b", **more), default=3),
        sa.Column("c", sa.Integer, sa.DefaultClause("1"), unique=True),
        sa.Column("d", sa.Integer, server_default=sa.FetchedValue()),
        sa.Column("e", sa.Integer, server_default=os.environ["VALUE"]),
        sa.Column("f", sa.Integer, server_default=sa.text(os.environ["VALUE"])),
        sa.Column("g", sa.Integer, **more),
        sa.Column("h", os.environ["TYPE"]),
        sa.Column("i", sa.Integer, sa.Computed("a * 2")),
        sa.Column("j", sa.Integer, sa.Identity(always=True)),
        sa.ForeignKeyConstraint(["c"], ["u.c"], name="fk_c", deferrable=True, initially="DEFERRED"),
        sa.ForeignKeyConstraint(["d"], ["u.d"], name="fk_d", ondelete=os.environ["ACTION"]),
        sa.UniqueConstraint("d", name="uq_d", deferrable=True),
    )
    op.create_foreign_key("fk_e", "t", "u", ["e"], ["id"], ondelete="RESTRICT", initially=os.environ["WHEN"])
    op.create_unique_constraint("uq_e", "t", ["e"], initially="deferred")
    op.alter_column("t", "a", server_default=sa.text(os.environ["VALUE"]))
    op.alter_column("t", "b", server_default=None)
    op.alter_column("t", "c", server_default=False, nullable=False)


def downgrade():
    pass
