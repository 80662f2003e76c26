"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


from enum import Enum

mood = postgresql.ENUM("sad", "glad", name="mood", create_type=False)
state = sa.Enum("a", "b", name="state", schema="app")


def upgrade():
    mood.create(op.get_bind(), checkfirst=True)
    state.create(op.get_bind())
    op.add_column("t", sa.Column("mood", mood, nullable=True))
    op.alter_column("t", "state", type_=state, postgresql_using="state::text::app.state")
    op.create_table("u", sa.Column("mood", mood))
    op.sync_enum_values("public", "mood", ["sad", "glad", "mad"], [("t", "mood")], enum_values_to_rename=[])


def downgrade():
    op.drop_table("u")
    mood.drop(op.get_bind())
    state.drop(op.get_bind(), checkfirst=False)
    postgresql.ENUM(name="other").drop(op.get_bind(), checkfirst=False)
