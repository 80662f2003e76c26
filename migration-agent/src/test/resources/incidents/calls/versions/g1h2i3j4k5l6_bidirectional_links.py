"""Friends are friends both ways"""

import sqlalchemy as sa
from alembic import op

revision = "g1h2i3j4k5l6"
down_revision = "a1b2c3d4e5f6"


def upgrade():
    op.execute(
        "INSERT INTO friend_links (user_id, friend_id) SELECT friend_id, user_id FROM friend_links ON CONFLICT DO NOTHING"
    )


def downgrade():
    pass
