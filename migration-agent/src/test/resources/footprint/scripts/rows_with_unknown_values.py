"""A case."""
import uuid

import sqlalchemy as sa
from alembic import op
from app import config

revision = "1"
down_revision = None

INSERT = "INSERT INTO {} (id, name) VALUES ('{}', '{}')"


def upgrade():
    op.execute(f"INSERT INTO rates (id, rate) VALUES ('{uuid.uuid4()}', {config.RATE})")
    op.execute(INSERT.format("templates", uuid.uuid4(), "a name"))
    op.execute("UPDATE %s SET name = '%s'" % ("templates", config.NAME))
    op.execute("DELETE FROM rates WHERE id = '" + config.NAME + "'")
    for row in op.get_bind().execute(sa.text("SELECT id FROM rates")):
        update = f"UPDATE rates SET rate = 5 WHERE id = '{row.id}'"
        op.execute(sa.text(update))
        op.get_bind().execute(f"SELECT name FROM rates WHERE id = '{row.id}'")


def downgrade():
    op.execute(INSERT.format(config.TABLE, 5, "x"))
    op.execute(f"DELETE FROM rates_{config.SUFFIX}")
    op.execute(f"ALTER TABLE rates ADD COLUMN note text DEFAULT '{config.NAME}'")
    op.execute(f"SELECT drop_everything('{config.NAME}')")
    op.execute(config.STATEMENT)
