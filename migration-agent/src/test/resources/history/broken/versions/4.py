"""On a cycle too"""
revision = 'dd44'
down_revision = 'cc33'
depends_on = None
branch_labels = None


def upgrade():
    pass
