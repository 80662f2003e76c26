"""A case."""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


metadata = sa.MetaData()
crate = sa.Table("crate", metadata, sa.Column("id", sa.Integer(), primary_key=True))


def upgrade():
    bind = op.get_bind()
    metadata.create_all(bind)
    inspector = sa.inspect(bind)
    for key in inspector.get_foreign_keys("depot"):
        op.drop_constraint(key["name"], "depot", type_="foreignkey")
    reflected = sa.MetaData()
    reflected.reflect(bind, only=["shelf"])
    for index in reflected.tables["shelf"].indexes:
        index.drop(bind)
    with op.batch_alter_table("crate", reflect_args=[]) as batch:
        for index in inspector.get_indexes("crate"):
            batch.drop_index(index["name"])


def downgrade():
    other = sa.MetaData()
    other.reflect(op.get_bind())
    other.drop_all(op.get_bind())
