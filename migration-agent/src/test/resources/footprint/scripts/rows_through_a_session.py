"""Rows are read through a session, changed, and written back."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy import orm

from shop.models import Article

revision = "rows_through_a_session"
down_revision = None


def upgrade():
    session = orm.Session(bind=op.get_bind())
    article = session.query(Article).filter(Article.name == "pencil").first()
    article.name = "pen"
    session.commit()


def downgrade():
    session = orm.Session(bind=op.get_bind())
    session.execute(sa.text("UPDATE article SET name = 'pencil'"))
    session.commit()
