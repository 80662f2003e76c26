"""What is looked up often"""

import sqlalchemy as sa
from alembic import op

revision = "f1a2b3c4d5e6"
down_revision = "e5f6a7b8c9d0"


def upgrade():
    op.create_index("ix_calls_started_at", "calls", ["started_at"])
    op.create_index("ix_participants_user_id", "participants", ["user_id"])


def downgrade():
    op.drop_index("ix_participants_user_id", "participants")
    op.drop_index("ix_calls_started_at", "calls")
