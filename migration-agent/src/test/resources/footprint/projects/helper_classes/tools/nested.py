from alembic import op

TABLE = "of_the_nested_helper"


class Outer:
    class Inner:
        @staticmethod
        def make():
            op.create_table(TABLE)


def make(name):
    op.create_table(name())
