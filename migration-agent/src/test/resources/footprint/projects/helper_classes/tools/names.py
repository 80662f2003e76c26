"""Longer than the script that imports it, so that a place of this file lies behind the end of that one."""
from alembic import op
import sqlalchemy as sa

from . import constants
from .constants import PREFIX, SHAPES

TABLE = "of_the_helper"

# ----------------------------------------------------------------------------------------------------------------
# ----------------------------------------------------------------------------------------------------------------
# ----------------------------------------------------------------------------------------------------------------
# ----------------------------------------------------------------------------------------------------------------
# ----------------------------------------------------------------------------------------------------------------


class Names:
    TITLE = PREFIX + "title"
    SUFFIX = "not_seen_by_methods"

    @staticmethod
    def create():
        op.create_table(TABLE, sa.Column(constants.KEY, sa.Integer(), primary_key=True))

    def create_again(self):
        op.create_table(TABLE + SUFFIX)

    @classmethod
    def unknown(cls):
        op.drop_table(cls.__qualname__)

    @staticmethod
    def is_open(result):
        return not result.closed and result.rowcount > 0 and str(result.fetchone()) != "of a text that is long"


SUFFIX = "_of_the_helper"


class Base:
    @classmethod
    def make(cls, name):
        op.create_table(cls.PREFIX + name, *[sa.Column(column) for column in SHAPES["plain"]])


class Tables(Base):
    PREFIX = "inherited_"
