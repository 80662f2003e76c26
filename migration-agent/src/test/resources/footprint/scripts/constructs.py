"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


from sqlalchemy.schema import CreateSchema, CreateSequence, DropSchema, Sequence

metadata = sa.MetaData()
notes = sa.Table("notes", metadata, sa.Column("id", sa.Integer(), primary_key=True), sa.Column("text", sa.Text()))


def upgrade():
    op.execute(CreateSchema("app"))
    op.execute(CreateSequence(Sequence("numbers")))
    notes.create(op.get_bind())
    metadata.create_all(op.get_bind())


def downgrade():
    notes.drop(op.get_bind(), checkfirst=True)
    op.execute(DropSchema("app", if_exists=True))
