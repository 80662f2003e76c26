"""First again"""
revision = 'aa11'
down_revision = None
depends_on = None
branch_labels = None


def upgrade():
    pass
