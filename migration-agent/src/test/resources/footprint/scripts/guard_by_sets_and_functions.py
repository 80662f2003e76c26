"""Guards by sets of names, by functions that are handed over, and by match."""
from operator import itemgetter

import sqlalchemy as sa
from alembic import op

revision = "e7"
down_revision = "e6"


def ensure_index(name, table, columns):
    existing = {ix["name"]: ix for ix in sa.inspect(op.get_bind()).get_indexes(table)}
    if existing.get(name) is not None:
        return
    op.create_index(name, table, columns)


def upgrade():
    insp = sa.inspect(op.get_bind())
    names = list(map(lambda c: c["name"], insp.get_columns("quay")))
    if names.count("two") == 0:
        op.add_column("quay", sa.Column("two", sa.Integer))
    for name in sorted({"three", "three_b"} - {c["name"] for c in insp.get_columns("quay")}):
        op.add_column("quay", sa.Column(name, sa.Integer))
    match insp.has_table("lamp"):
        case False:
            op.create_table("lamp", sa.Column("id", sa.Integer))
    match "six" in set(map(itemgetter("name"), insp.get_columns("quay"))):
        case True:
            pass
        case _:
            op.add_column("quay", sa.Column("six", sa.Integer))
    ensure_index(op.f("ix_quay_n"), "quay", ["n"])
    for column in [c for c in ("nine", "ten") if c not in names]:
        op.add_column("quay", sa.Column(column, sa.Integer))
    if not {"eleven"} <= set(names):
        op.add_column("quay", sa.Column("eleven", sa.Integer))
    if not set(names).issuperset({"twelve"}):
        op.add_column("quay", sa.Column("twelve", sa.Integer))
    if set(names).isdisjoint(["thirteen"]):
        op.add_column("quay", sa.Column("thirteen", sa.Integer))
    if not list(filter(lambda c: c["name"] == "fourteen", insp.get_columns("quay"))):
        op.add_column("quay", sa.Column("fourteen", sa.Integer))
    if not any(map(lambda c: c["name"] == "fifteen", insp.get_columns("quay"))):
        op.add_column("quay", sa.Column("fifteen", sa.Integer))
    if sum(1 for c in insp.get_columns("quay") if c["name"] == "sixteen") == 0:
        op.add_column("quay", sa.Column("sixteen", sa.Integer))
    missing = {"seventeen"}.difference(names)
    if missing:
        op.add_column("quay", sa.Column("seventeen", sa.Integer))
    if "nineteen" in filter(lambda one: one not in names, ["eighteen", "nineteen"]):
        op.add_column("quay", sa.Column("nineteen", sa.Integer))


def downgrade():
    pass
