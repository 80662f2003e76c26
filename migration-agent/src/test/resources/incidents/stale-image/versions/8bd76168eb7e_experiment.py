"""An experiment that was given up"""

import sqlalchemy as sa
from alembic import op

revision = "8bd76168eb7e"
down_revision = "009_invoices"


def upgrade():
    op.create_table("experiments", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    op.drop_table("experiments")
