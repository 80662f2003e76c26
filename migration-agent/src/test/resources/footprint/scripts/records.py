"""Records of several kinds that loops go over."""
from collections import namedtuple
from dataclasses import dataclass, field
from typing import NamedTuple, Optional

import sqlalchemy as sa
from alembic import op
from pydantic import BaseModel, Field

revision = "a1"
down_revision = None


@dataclass(frozen=True)
class Change:
    table: str
    column: str
    nullable: bool = True
    more: list = field(default_factory=list)

    @property
    def index(self):
        return f"ix_{self.table}_{self.column}"

    def apply(self):
        op.alter_column(self.table, self.column, nullable=self.nullable)


@dataclass
class Longer(Change):
    length: int = 10


class Pair(NamedTuple):
    table: str
    column: str = "by_default"


class Model(BaseModel):
    table: str
    suffix: Optional[str] = Field(default="_suffix")


Old = namedtuple("Old", "table column")

CHANGES = [
    Change("first", "a"),
    Change(table="second", column="b", nullable=False, more=["c", "d"]),
    Longer("third", "e", length=30),
]


class Plain:
    """Sets its own attributes."""

    kind = "plain"

    def __init__(self, name, parts=()):
        self.name = name
        self.parts = list(parts)
        self.full = self.kind + "_" + self.name

    def add(self, part):
        self.parts.append(part)
        return self

    def create(self):
        op.create_table(self.full, *[sa.Column(part, sa.Integer()) for part in self.parts])


PLAIN = Plain("one", ["x"])


def upgrade():
    for change in CHANGES:
        change.apply()
        op.create_index(change.index, change.table, [change.column])
        for column in change.more:
            op.drop_column(change.table, column)
    op.alter_column("third", "e", type_=sa.String(CHANGES[2].length))
    for table, column in [Pair("fourth"), Pair("fifth", column="f")]:
        op.drop_column(table, column)
    for model in (Model(table="sixth"), Model(table="seventh", suffix="_other")):
        op.drop_table(model.table + model.suffix)
    for old in [Old("eighth", "g"), Old(column="h", table="ninth")]:
        op.drop_column(old.table, old[1])
    PLAIN.create()
    two = Plain("two")
    two.add("y").add("z")
    two.create()
    two.full = "three"
    two.create()


def downgrade():
    unknown = Change(*op.get_bind().execute(sa.text("SELECT 'a', 'b'")).fetchone())
    op.drop_table(unknown.table)
    two = Plain("two")
    if op.get_bind().execute(sa.text("SELECT true")).scalar():
        two.name = "other"
    op.drop_table(two.name)
    op.drop_table(two.nothing)
