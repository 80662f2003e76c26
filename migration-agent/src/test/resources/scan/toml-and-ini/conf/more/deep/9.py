"""Not recursive"""
revision = 'z9'
down_revision = None


def upgrade():
    pass
