"""Notes on invoices"""

import sqlalchemy as sa
from alembic import op

revision = "010_invoice_notes"
down_revision = "009_invoices"


def upgrade():
    op.add_column("invoices", sa.Column("note", sa.Text))


def downgrade():
    op.drop_column("invoices", "note")
