"""An id that is none

Revision ID: e-5
"""
revision = 'e-5'
down_revision = 'a1'


def upgrade():
    pass
