"""What other files do with values, and with a connection."""
import json

import sqlalchemy as sa
from alembic import op
from shop.plain import plain
from shop.rows import save

revision = "a1"
down_revision = None


def upgrade():
    for row in op.get_bind().execute(sa.text("SELECT price FROM item")):
        op.execute(sa.text("UPDATE item SET price = :price").bindparams(price=json.dumps(plain(row.price))))


def downgrade():
    for row in op.get_bind().execute(sa.text("SELECT price FROM item")):
        save(row, op.get_bind())
