"""What is renamed takes along what belongs to it, what is dropped takes it away."""
import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade():
    op.execute("DROP VIEW all_notes")
    op.rename_table("customers", "people")
    op.alter_column("people", "code", new_column_name="short_code")
    op.execute("ALTER INDEX ix_lower RENAME TO ix_people_lower")
    op.execute("ALTER TABLE notes RENAME CONSTRAINT more TO rather_more")
    op.drop_column("people", "boss")
    op.execute("DROP MATERIALIZED VIEW stars; DROP TABLE notes; DROP FUNCTION note(integer, varchar)")
    op.create_table("people_of_today", sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), primary_key=True))
    if op.get_bind().dialect.name == "sqlite":
        op.drop_table("people")


def downgrade():
    raise NotImplementedError
