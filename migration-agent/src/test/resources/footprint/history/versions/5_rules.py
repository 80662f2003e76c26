"""What SQLAlchemy decides by itself."""
import enum

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "5"
down_revision = "4"


class Colour(enum.Enum):
    RED = "red"
    LIGHT_BLUE = "blue"


def upgrade():
    keys()
    enums()
    names()
    types()


def keys():
    op.create_table("keeper", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table(
        "keeper_card",
        sa.Column("keeper_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["keeper_id"], ["keeper.id"]),
        sa.PrimaryKeyConstraint("keeper_id"),
    )
    op.create_table("keeper_key", sa.Column("id", sa.Integer(), sa.ForeignKey("keeper.id"), primary_key=True))
    op.create_table(
        "keeper_number",
        sa.Column("id", sa.Integer(), sa.ForeignKey("keeper.id"), primary_key=True, autoincrement="ignore_fk"),
    )
    op.create_table(
        "two_keys",
        sa.Column("a", sa.BigInteger(), autoincrement=True),
        sa.Column("b", sa.Integer()),
        sa.PrimaryKeyConstraint("a", "b"),
    )
    op.create_table("counted", sa.Column("id", sa.Integer(), sa.Sequence("never", optional=True), primary_key=True))
    op.create_table("uncounted", sa.Column("id", sa.Integer(), sa.Sequence("not_made"), primary_key=True))
    op.create_table("given", sa.Column("id", sa.Integer(), primary_key=True, default=3))
    op.create_table("served", sa.Column("id", sa.Integer(), primary_key=True, server_default="3"))
    op.create_table(
        "asked", sa.Column("id", sa.SmallInteger(), primary_key=True, autoincrement=True, server_default="3"))
    op.create_table("identified", sa.Column("id", sa.Integer(), sa.Identity(always=True), primary_key=True))
    op.create_table("beside", sa.Column("id", sa.Integer(), autoincrement=True))
    op.add_column("beside", sa.Column("number", sa.Integer(), autoincrement=True))
    op.add_column("beside", sa.Column("key", sa.Integer(), primary_key=True))
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("captain_id", sa.Integer()),
        sa.Column("deputy_id", sa.Integer(), sa.ForeignKey("player.id", name="team_deputy", use_alter=True)),
        sa.ForeignKeyConstraint(["captain_id"], ["player.id"], name="team_captain", use_alter=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "player",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("team.id", name="player_team")),
    )
    op.add_column("team", sa.Column("coach_id", sa.Integer(), sa.ForeignKey("player.id", name="coach", use_alter=True)))
    op.create_foreign_key("later_captain", "team", "player", ["captain_id"], ["id"], use_alter=True)


def enums():
    op.execute("CREATE TYPE shade AS ENUM ('dark', 'light')")
    op.execute("CREATE SCHEMA paint")
    op.create_table(
        "car",
        sa.Column("colour", sa.Enum(Colour)),
        sa.Column("second_colour", sa.Enum(Colour, name="colour")),
        sa.Column("shade", postgresql.ENUM("dark", "light", name="shade", create_type=False)),
        sa.Column("wheels", sa.ARRAY(sa.Enum("steel", "wood", name="wheel"))),
        sa.Column("kind", sa.Enum("small", "large", name="kind_of_car", native_enum=False, create_constraint=True)),
        sa.Column("state", sa.Enum("new", "used", native_enum=False, create_constraint=True)),
        sa.Column("fuel", sa.Enum("oil", native_enum=False, create_constraint=False, length=30)),
        sa.Column("electric", sa.Boolean(create_constraint=True, name="electric_or_not")),
    )
    op.create_table("cart", sa.Column("colour", sa.Enum(Colour)), sa.Column("wheel", sa.Enum("steel", name="wheel")))
    op.create_table("van", sa.Column("roof", sa.Enum("a", "b", name="roof", inherit_schema=True)), schema="paint")
    op.create_table("bus", sa.Column("door", sa.Enum("a", "b", name="door")), schema="paint")
    op.add_column("car", sa.Column("trunk", sa.Enum("front", name="trunk", native_enum=False, create_constraint=True)))
    op.alter_column(
        "car", "kind", type_=sa.Text(),
        existing_type=sa.Enum("small", "large", name="kind_of_car", native_enum=False, create_constraint=True))
    op.alter_column("car", "kind", type_=sa.Enum("big", name="kind_2", native_enum=False, create_constraint=True))
    op.drop_table("cart")


def names():
    long = "a_name_that_is_longer_than_the_sixty_three_bytes_that_postgresql_keeps"
    op.create_table(
        long,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(long + "_too", sa.Integer()),
        sa.Column("ä" * 40, sa.Text()),
    )
    op.create_table("short", sa.Column("id", sa.Integer()), sa.Column("word", sa.Text(), unique=True, index=True))
    op.add_column("short", sa.Column("another" * 10, sa.Integer()))
    op.alter_column("short", "id", new_column_name="renamed" * 10)
    op.create_check_constraint("ö" * 40, "short", "word <> ''")
    op.create_index(None, "short", [sa.text("lower(word)")])
    op.create_index(None, "short", ["another" * 9, "word"])
    op.rename_table("short", "shortened" * 8)
    op.create_table("passing", sa.Column("id", sa.Integer(), primary_key=True, index=True), prefixes=["TEMPORARY"])
    op.add_column("passing", sa.Column("word", sa.Text(), unique=True))
    op.create_index("passing_words", "passing", ["word"])
    op.create_table("passed", sa.Column("kind", sa.Enum("x", name="passed_kind")), prefixes=["LOCAL", "TEMP"])
    op.drop_table("passed")


def types():
    op.create_table(
        "typed",
        sa.Column("a", sa.Interval(second_precision=3)),
        sa.Column("b", postgresql.INTERVAL(fields="DAY TO SECOND")),
        sa.Column("c", postgresql.TIMESTAMP(timezone=True, precision=0)),
        sa.Column("d", sa.Float(24)),
        sa.Column("e", postgresql.BIT(3, varying=True)),
        sa.Column("f", sa.ARRAY(sa.String(3), dimensions=2)),
        sa.Column("g", sa.Integer().with_variant(postgresql.BIGINT(), "postgresql")),
        sa.Column("h", sa.Integer(), sa.Computed("1 + 1")),
        sa.Column("i", sa.Numeric(10)),
        sa.Column("j", postgresql.INT4RANGE()),
    )


def downgrade():
    pass
