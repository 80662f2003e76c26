"""Orders use the index"""
revision = '4d11'
down_revision = '4d00'
depends_on = '5e11'
branch_labels = None


def upgrade():
    pass
