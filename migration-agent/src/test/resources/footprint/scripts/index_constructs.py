"""Indexes that are made by themselves."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateIndex, DropIndex

revision = "1"
down_revision = None

metadata = sa.MetaData()
notes = sa.Table("notes", metadata, sa.Column("id", sa.Integer()), sa.Column("text", sa.Text()), schema="app")
by_text = sa.Index("ix_text", notes.c.text, notes.c.id, unique=True)


def upgrade():
    bind = op.get_bind()
    by_text.create(bind)
    sa.Index("ix_id", notes.columns.id).create(bind, checkfirst=True)
    reflected = sa.Table("boats", sa.MetaData(), autoload_with=bind)
    bind.execute(CreateIndex(sa.Index("ix_hull", reflected.c.hull, postgresql_using="hash"), if_not_exists=True))
    sa.Index("ix_lower", sa.func.lower(notes.c.text)).create(bind)


def downgrade():
    bind = op.get_bind()
    bind.execute(DropIndex(by_text))
    sa.Index("ix_id", notes.c.id).drop(bind)
    sa.Index("ix_lower").drop(bind)
