"""What is executed by the driver's own connection and its cursors."""

from alembic import op

revision = "driver_cursors"
down_revision = None

SCRIPT = """
-- tables of the shop
CREATE TABLE shelves (id integer PRIMARY KEY);
CREATE INDEX shelves_by_id
    ON shelves (id);
"""


def statements(text):
    found = []
    lines = []
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("--"):
            continue
        lines.append(line)
        if stripped.endswith(";"):
            statement = "\n".join(lines).strip()
            lines = []
            found.append(statement[:-1] if statement.endswith(";") else statement)
    return [one for one in found if one.strip()]


def run(connection, text):
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.executescript(text)
        return
    cursor = connection.connection.driver_connection.cursor()
    for statement in statements(text):
        cursor.execute(statement)
    cursor.close()


def upgrade():
    bind = op.get_bind()
    run(bind, SCRIPT)

    with bind.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shelves ADD COLUMN name text DEFAULT 'a%b'")
        cursor.execute("INSERT INTO shelves VALUES (%s, %(name)s || '%%')", (1, "top"))
        cursor.executemany("INSERT INTO boxes VALUES (%s)", [(1,), (2,)])
        cursor.execute("SELECT id FROM shelves")
        for row in cursor.fetchall():
            print(row)

    raw = bind.engine.raw_connection()
    raw.cursor().execute("CREATE TABLE boxes (id integer)")
    raw.commit()

    bind.connection.dbapi_connection.cursor().copy_expert("COPY boxes FROM STDIN", open("boxes.csv"))
    bind.exec_driver_sql("UPDATE boxes SET id = %(id)s", {"id": 2})


def downgrade():
    # Of what nobody knows.
    op.get_bind().dialect.driver.execute("DROP TABLE boxes")
    op.get_bind().connection.cursor().callproc("empty_the_shop")
