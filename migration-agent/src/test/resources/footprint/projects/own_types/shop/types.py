import sqlalchemy as sa
from sqlalchemy import String, TypeDecorator
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB, UUID


class Price(TypeDecorator):
    impl = sa.Numeric(12, 2)


class Code(TypeDecorator):
    impl = String
    cache_ok = True


class Word(Code):
    def process_bind_param(self, value, dialect):
        return value.lower()


class Prefixed(TypeDecorator):
    impl = String

    def __init__(self, prefix, **kwargs):
        super().__init__(length=20, **kwargs)


class Guid(sa.types.TypeDecorator):
    impl = sa.CHAR

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(UUID())
        else:
            return dialect.type_descriptor(sa.CHAR(36))


class Bag(TypeDecorator):
    impl = sa.JSON

    def load_dialect_impl(self, dialect):
        if dialect.name in ("mysql", "sqlite"):
            return dialect.type_descriptor(sa.JSON())
        return dialect.type_descriptor(JSONB(none_as_null=True))


class Computed(TypeDecorator):
    impl = sa.Text

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(self.other)


class Shape(sa.types.UserDefinedType):
    def get_col_spec(self, **kw):
        return "SHAPE"


Mail = postgresql.CITEXT
