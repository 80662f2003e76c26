"""Its parent is gone"""
revision = 'bb22'
down_revision = 'gone'
depends_on = None
branch_labels = None


def upgrade():
    pass
