"""On a cycle"""
revision = 'cc33'
down_revision = 'dd44'
depends_on = None
branch_labels = None


def upgrade():
    pass
