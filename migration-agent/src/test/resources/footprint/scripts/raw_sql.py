"""A case."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1"
down_revision = None


def upgrade():
    op.execute("CREATE TYPE mood AS ENUM ('sad'); ALTER TABLE person ADD COLUMN mood mood")
    op.execute(sa.text("UPDATE person SET mood = :mood WHERE age > 5").bindparams(mood="sad"))
    conn = op.get_bind()
    conn.execute(sa.text("DELETE FROM person WHERE id = :id"), {"id": 5})
    conn.execute("INSERT INTO person (id) VALUES (1)")
    conn.exec_driver_sql("CREATE VIEW v AS SELECT 1")
    op.execute(
        """
        DO $$ BEGIN
            CREATE TABLE hidden (a int);
        END $$
        """
    )
    op.execute("CREATE TRIGGER tr AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION note()")
    table = "orders"
    op.execute(f"ALTER TABLE {table} ADD COLUMN note text")
    op.execute("DROP TABLE %s" % table)
    op.execute("ALTER TABLE {} RENAME TO {}".format(table, table + "_old"))
    op.execute(sa.DDL("CREATE SCHEMA app"))
    op.execute("nonsense")


def downgrade():
    op.execute("DROP FUNCTION IF EXISTS note; DROP PROCEDURE app.refresh CASCADE")
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE mood ADD VALUE 'glad'")
    for row in op.get_bind().execute(sa.text("SELECT name FROM person")):
        op.execute(f"DROP TABLE {row.name}")
