"""Names without spaces around them"""

import sqlalchemy as sa
from alembic import op

revision = "a1b2c3d4e5f6"
down_revision = "f1a2b3c4d5e6"


def upgrade():
    op.execute("UPDATE users SET name = trim(name)")


def downgrade():
    pass
