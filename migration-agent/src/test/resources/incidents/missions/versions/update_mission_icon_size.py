"""Icons are addresses now"""

import sqlalchemy as sa
from alembic import op

revision = "update_mission_icon_size"
down_revision = "79fa342a014c"


def upgrade():
    op.alter_column("missions", "icon", existing_type=sa.String(50), type_=sa.String(500))


def downgrade():
    op.alter_column("missions", "icon", existing_type=sa.String(500), type_=sa.String(50))
