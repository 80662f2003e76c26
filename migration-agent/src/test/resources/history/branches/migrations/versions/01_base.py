"""Users and orders"""
revision = '1a00'
down_revision = None
depends_on = None
branch_labels = None


def upgrade():
    pass
