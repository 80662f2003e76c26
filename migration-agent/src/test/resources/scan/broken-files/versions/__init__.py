"""Never read

Revision ID: never
"""
revision = 'never'
down_revision = None


def upgrade():
    pass
