"""Columns of types that other packages define."""
import advanced_alchemy.types
import advanced_alchemy.types.datetime
import fastapi_users_db_sqlalchemy
import geoalchemy2
import sqlalchemy as sa
import sqlalchemy_json
import sqlalchemy_utils
import sqlmodel
from alembic import op
from citext import CIText
from geoalchemy2 import Geography, Geometry, Raster
from pgvector.sqlalchemy import HALFVEC, SPARSEVEC, Vector
from sqlalchemy_utils.types.uuid import UUIDType
from sqlalchemy_utils import ChoiceType

revision = "1"
down_revision = None


def upgrade():
    op.create_table(
        "texts",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString()),
        sa.Column("short", sqlmodel.AutoString(length=40)),
        sa.Column("mail", CIText()),
        sa.Column("address", sqlalchemy_utils.types.email.EmailType(length=100)),
        sa.Column("address_2", sqlalchemy_utils.EmailType()),
        sa.Column("kind", ChoiceType([("a", "A")])),
        sa.Column("number", ChoiceType([(1, "A")], impl=sa.Integer())),
        sa.Column("phone", sqlalchemy_utils.types.phone_number.PhoneNumberType("DE", 30)),
        sa.Column("country", sqlalchemy_utils.CountryType, nullable=False),
        sa.Column("secret", sqlalchemy_utils.StringEncryptedType(sa.Text, "key", length=255)),
        sa.Column("link", sqlalchemy_utils.URLType()),
        sa.Column("path", sqlalchemy_utils.LtreeType()),
        sa.Column("search", sqlalchemy_utils.TSVectorType("name", "short")),
        sa.Column("hash", sqlalchemy_utils.PasswordType(schemes=["x"])),
    )
    op.create_table(
        "others",
        sa.Column("id", UUIDType(binary=False), nullable=False),
        sa.Column("user_id", fastapi_users_db_sqlalchemy.generics.GUID()),
        sa.Column("created", fastapi_users_db_sqlalchemy.generics.TIMESTAMPAware(timezone=True)),
        sa.Column("changed", advanced_alchemy.types.datetime.DateTimeUTC(timezone=True)),
        sa.Column("guid", advanced_alchemy.types.GUID(length=16)),
        sa.Column("data", advanced_alchemy.types.JsonB(astext_type=sa.Text())),
        sa.Column("more", sqlalchemy_json.NestedMutableJson()),
        sa.Column("seen", sqlalchemy_utils.ArrowType(timezone=True)),
        sa.Column("a", Vector(3)),
        sa.Column("b", HALFVEC(dim=4)),
        sa.Column("c", SPARSEVEC()),
        sa.Column("d", Vector),
        sa.Column("tags", sa.ARRAY(CIText())),
        sa.Column("unlisted", sqlalchemy_utils.SomethingElse()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "places",
        sa.Column("point", Geometry("POINT", srid=4326)),
        sa.Column("area", geoalchemy2.types.Geometry(geometry_type="MULTIPOLYGONZ", srid=3857, spatial_index=False)),
        sa.Column("anything", Geometry),
        sa.Column("untyped", Geometry(None, spatial_index=False)),
        sa.Column("around", Geography("POLYGON")),
        sa.Column("picture", Raster()),
    )
    op.add_column("places", sa.Column("line", Geometry("linestring")))
    op.create_geospatial_table("sights", sa.Column("point", Geometry("POINT", srid=4326, spatial_index=False)))
    op.create_geospatial_index("idx_sights_point", "sights", ["point"], unique=False, postgresql_using="gist")
    op.add_geospatial_column("sights", sa.Column("area", Geometry("POLYGON")))
    with op.batch_alter_table("sights") as batch_op:
        batch_op.add_geospatial_column(sa.Column("extent", Geometry("POLYGON")))
        batch_op.drop_geospatial_column("extent")
    op.drop_geospatial_index("idx_sights_point", table_name="sights", column_name="point")
    op.drop_geospatial_column("sights", "point")
    op.drop_geospatial_table("places")


def downgrade():
    pass
