"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, declared_attr, mapped_column, relationship

revision = "1"
down_revision = None

Base = declarative_base(metadata=sa.MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"}))
Apart = declarative_base()


class Stamped:
    made_at = sa.Column(sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


class Sail(Stamped, Base):
    __tablename__ = "sail"
    __table_args__ = (
        sa.CheckConstraint("area > 0", name="ck_area"),
        sa.Index("ix_sail_area", "area"),
        {"schema": "rig"},
    )
    id = sa.Column(sa.Integer, primary_key=True)
    area = sa.Column("area", sa.Numeric(6, 2))
    boat_id = sa.Column(sa.ForeignKey("boat.id", ondelete="CASCADE"))
    boat = relationship("Boat")


class Boat(Base):
    __tablename__ = "boat"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(40), nullable=False, unique=True, index=True)


class Mark(Apart):
    __tablename__ = "mark"
    id = sa.Column(sa.BigInteger, primary_key=True)


class Newer(DeclarativeBase):
    pass


class Flag(Newer):
    __tablename__ = "flag"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(3))


class Shared(DeclarativeBase):
    pass


class Person(Shared):
    __tablename__ = "person"
    id = sa.Column(sa.Integer, primary_key=True)


class Sailor(Person):
    boat = sa.Column(sa.Text)


class Guessed(DeclarativeBase):
    pass


class Tide(Guessed):
    __tablename__ = "tide"
    id = sa.Column(sa.Integer, primary_key=True)

    @declared_attr
    def at(cls):
        return sa.Column(sa.DateTime)


class Named(DeclarativeBase):
    pass


class Buoy(Named):
    __tablename__ = sa.somewhere.PREFIX + "buoy"
    id = sa.Column(sa.Integer, primary_key=True)


def upgrade():
    bind = op.get_bind()
    Base.metadata.create_all(bind=bind)
    Apart.metadata.create_all(bind, tables=[Mark.__table__])
    Newer.metadata.create_all(bind)
    # A class that shares the table of another, a part that a function declares and a computed name are not followed.
    Shared.metadata.create_all(bind)
    Guessed.metadata.create_all(bind)
    Named.metadata.create_all(bind)


def downgrade():
    bind = op.get_bind()
    Mark.__table__.drop(bind)
    Base.metadata.drop_all(bind=bind)
