-- Where captured changes wait until the ledger has them. Everything here can be run again on an older version of itself:
-- what is there stays, what is missing is added. The schema is there, and belongs to the role that runs this.

REVOKE ALL ON SCHEMA migration_ledger FROM PUBLIC;

-- One row that is never changed. Its xmin is a mark that a dump cannot carry: rows that came here with a restore name
-- another origin than this table has, and are not believed.
CREATE TABLE IF NOT EXISTS migration_ledger.origin (made_at timestamptz NOT NULL DEFAULT clock_timestamp());
INSERT INTO migration_ledger.origin SELECT clock_timestamp() WHERE NOT EXISTS (SELECT FROM migration_ledger.origin);

CREATE TABLE IF NOT EXISTS migration_ledger.setting (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    keep integer NOT NULL DEFAULT 10000);
INSERT INTO migration_ledger.setting (only_row) VALUES (true) ON CONFLICT DO NOTHING;

-- One row that is never changed, and that readers may not read: by it equal statements have equal marks, and nobody can try out what
-- a mark stands for.
CREATE TABLE IF NOT EXISTS migration_ledger.digest_key (
    value text NOT NULL DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));
INSERT INTO migration_ledger.digest_key SELECT WHERE NOT EXISTS (SELECT FROM migration_ledger.digest_key);

CREATE TABLE IF NOT EXISTS migration_ledger.version_table (
    schema_name text NOT NULL,
    table_name text NOT NULL,
    PRIMARY KEY (schema_name, table_name));

-- Both logs are numbered by one sequence, so that it can be told what came between two changes of the version table.
CREATE SEQUENCE IF NOT EXISTS migration_ledger.change_id;

CREATE TABLE IF NOT EXISTS migration_ledger.change (id bigint PRIMARY KEY);
ALTER TABLE migration_ledger.change
    ADD COLUMN IF NOT EXISTS origin text NOT NULL,
    ADD COLUMN IF NOT EXISTS xact bigint NOT NULL,
    ADD COLUMN IF NOT EXISTS pid integer NOT NULL,
    ADD COLUMN IF NOT EXISTS user_name text NOT NULL,
    ADD COLUMN IF NOT EXISTS application_name text,
    ADD COLUMN IF NOT EXISTS client_address text,
    ADD COLUMN IF NOT EXISTS statement text,
    ADD COLUMN IF NOT EXISTS changed_at timestamptz NOT NULL,
    ADD COLUMN IF NOT EXISTS schema_name text NOT NULL,
    ADD COLUMN IF NOT EXISTS table_name text NOT NULL,
    ADD COLUMN IF NOT EXISTS operation text NOT NULL,
    ADD COLUMN IF NOT EXISTS was text,
    ADD COLUMN IF NOT EXISTS becomes text,
    ADD COLUMN IF NOT EXISTS catalogs jsonb,
    ADD COLUMN IF NOT EXISTS tables jsonb,
    ADD COLUMN IF NOT EXISTS own boolean,
    ADD COLUMN IF NOT EXISTS earlier jsonb,
    ADD COLUMN IF NOT EXISTS others jsonb,
    ADD COLUMN IF NOT EXISTS idle boolean;
CREATE INDEX IF NOT EXISTS change_xact ON migration_ledger.change (xact);

CREATE TABLE IF NOT EXISTS migration_ledger.touched (id bigint PRIMARY KEY);
ALTER TABLE migration_ledger.touched
    ADD COLUMN IF NOT EXISTS origin text NOT NULL,
    ADD COLUMN IF NOT EXISTS xact bigint NOT NULL,
    ADD COLUMN IF NOT EXISTS pid integer NOT NULL,
    ADD COLUMN IF NOT EXISTS user_name text NOT NULL,
    ADD COLUMN IF NOT EXISTS application_name text,
    ADD COLUMN IF NOT EXISTS client_address text,
    ADD COLUMN IF NOT EXISTS statement text,
    ADD COLUMN IF NOT EXISTS changed_at timestamptz NOT NULL,
    ADD COLUMN IF NOT EXISTS objects jsonb NOT NULL;
CREATE INDEX IF NOT EXISTS touched_xact ON migration_ledger.touched (xact);

-- Failures are counted by a sequence because that works when nothing else does: whatever happened to the tables, and even
-- if the migration is rolled back. The same goes for rows that went because there were too many.
CREATE SEQUENCE IF NOT EXISTS migration_ledger.failure_count MINVALUE 0 START 0;
CREATE SEQUENCE IF NOT EXISTS migration_ledger.lost_count MINVALUE 0 START 0;
CREATE TABLE IF NOT EXISTS migration_ledger.failure (
    number bigint PRIMARY KEY,
    failed_at timestamptz NOT NULL,
    state text NOT NULL,
    message text NOT NULL);
