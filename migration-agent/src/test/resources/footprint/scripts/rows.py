"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


person = sa.table("person", sa.column("id", sa.Integer()), sa.column("name", sa.String()), schema="app")


def upgrade():
    created = op.create_table("created", sa.Column("a", sa.Integer()))
    op.bulk_insert(created, [{"a": 1}])
    op.bulk_insert(person, [])
    op.execute(person.update().where(person.c.id == 5).values(name="x"))
    op.execute(person.insert().values({"id": 1}))
    bind = op.get_bind()
    bind.execute(sa.delete(person).where(person.c.id == 5))
    rows = bind.execute(sa.select(person.c.id)).fetchall()
    found = [row.id for row in rows]
    print(len(found))


class Account(sa.orm.declarative_base()):
    __tablename__ = "accounts"
    id = sa.Column(sa.Integer(), primary_key=True)


def downgrade():
    op.execute(sa.delete(Account).where(Account.id == 5))
    session = sa.orm.Session(bind=op.get_bind())
    session.execute(sa.update(person).values(name="y"))
    session.commit()
