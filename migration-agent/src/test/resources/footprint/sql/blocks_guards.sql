DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN
    CREATE TYPE mood AS ENUM ('sad', 'glad');
  END IF;
END $$;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_type WHERE typname = 'old_mood') THEN
    ALTER TYPE old_mood RENAME TO new_mood;
  END IF;
END $$;
DO $block$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'app' AND table_name = 't' AND column_name = 'c') THEN
    ALTER TABLE app.t ADD COLUMN c int;
    UPDATE app.t SET c = 0;
  END IF;
  IF EXISTS (SELECT FROM pg_constraint WHERE conname = 'fk' AND conrelid = 'app.t'::regclass) THEN
    ALTER TABLE app.t DROP CONSTRAINT fk;
  ELSE
    RAISE NOTICE 'nothing to do';
  END IF;
END $block$;
DO $$ BEGIN
  IF to_regclass('public.made') IS NULL THEN
    CREATE TABLE made (id serial PRIMARY KEY);
    CREATE INDEX made_i ON made (id);
    CREATE TABLE beside (id int);
  END IF;
END $$;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'there') THEN
    ALTER TABLE there ADD COLUMN x int;
    ALTER TABLE there ALTER COLUMN y SET NOT NULL;
    DROP INDEX i;
  END IF;
END $$;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'u')
     AND NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'u' AND column_name = 'v') THEN
    ALTER TABLE u ADD COLUMN v int;
  END IF;
END $$;
DO $$ BEGIN
  IF (SELECT data_type FROM information_schema.columns WHERE table_name = 'w' AND column_name = 'x') = 'text' THEN
    ALTER TABLE w ALTER COLUMN x TYPE varchar(5);
  END IF;
END $$;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'mood' AND e.enumlabel = 'mad') THEN
    ALTER TYPE mood ADD VALUE 'mad';
  END IF;
END $$;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'early') THEN
    RETURN;
  END IF;
  CREATE TABLE early (id int);
END $$;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'needed') THEN
    RAISE EXCEPTION 'run something else first';
  END IF;
  CREATE TABLE after_a_check (id int);
END $$;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_views WHERE viewname = 'one') THEN
    DROP VIEW one;
  ELSIF EXISTS (SELECT 1 FROM pg_views WHERE viewname = 'two') THEN
    DROP VIEW two;
  ELSE
    CREATE VIEW one AS SELECT 1;
  END IF;
END $$;
