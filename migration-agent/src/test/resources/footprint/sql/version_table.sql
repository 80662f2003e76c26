ALTER TABLE alembic_version ALTER COLUMN version_num TYPE varchar(255);
ALTER TABLE public.alembic_version ADD COLUMN note text, DROP CONSTRAINT alembic_version_pkc;
TRUNCATE alembic_version;
INSERT INTO alembic_version VALUES ('a');
DELETE FROM alembic_version WHERE version_num = 'b';
UPDATE alembic_version SET version_num = 'c';
CREATE TABLE IF NOT EXISTS alembic_version (version_num varchar(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
CREATE INDEX on_it ON alembic_version (version_num);
DROP TABLE alembic_version;
SELECT version_num FROM alembic_version;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM alembic_version WHERE version_num = 'a') THEN
    DELETE FROM alembic_version;
  END IF;
END $$;
CREATE TABLE alembic_version_notes (a int);
