"""Search has a history of its own"""
revision = '5e00'
down_revision = None
depends_on = None
branch_labels = 'search'


def upgrade():
    pass
