"""SQL"""
from alembic import op

revision = "three"
down_revision = "two"
branch_labels = None
depends_on = None

TABLE = "audit"


def upgrade():
    op.execute("""update users set nickname = 'x' where nickname is null""")
    op.execute(
        f"""
        CREATE TABLE IF NOT EXISTS {TABLE} (
            id bigserial PRIMARY KEY,
            at timestamptz NOT NULL DEFAULT now(),
            user_id integer REFERENCES users (id) ON DELETE SET NULL,
            CONSTRAINT ck_audit CHECK (id > 0)
        )
        """
    )
    op.execute("ALTER TABLE audit ADD COLUMN IF NOT EXISTS reason text; CREATE INDEX ix_audit_at ON audit (at)")
    op.execute("CREATE OR REPLACE VIEW active_users AS SELECT id, email FROM users WHERE is_active")
    op.execute(
        """
        DO $$ BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN
                CREATE TYPE mood AS ENUM ('sad', 'happy');
            END IF;
        END $$
        """
    )
    op.execute("INSERT INTO audit (reason) SELECT email FROM users")
    op.execute("DROP TABLE IF EXISTS nothing")


def downgrade():
    op.execute("DROP TABLE audit")
