"""Index the orders"""
revision = '5e11'
down_revision = '5e00'
depends_on = None
branch_labels = None


def upgrade():
    pass
