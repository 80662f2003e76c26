"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


from app.helpers import add_audit_columns
from app.models import Base, Widget
from sqlalchemy.orm import Session


def upgrade():
    add_audit_columns(op, "t")
    Base.metadata.create_all(bind=op.get_bind())
    session = Session(bind=op.get_bind())
    session.add(Widget(name="x"))
    session.query(Widget).filter(Widget.id == 5).delete()
    session.commit()
    op.run_async(migrate)


async def migrate(connection):
    await connection.execute("SELECT 1")


def downgrade():
    raise NotImplementedError("no way back")
