DO $$ BEGIN
  CREATE TYPE mood AS ENUM ('sad', 'glad');
EXCEPTION
  WHEN duplicate_object THEN null;
END $$;
DO LANGUAGE plpgsql $$ BEGIN
  ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES u (id);
EXCEPTION WHEN duplicate_object OR duplicate_table THEN RAISE NOTICE 'already there';
END $$;
DO $$ BEGIN
  BEGIN
    ALTER TABLE t ADD COLUMN a serial;
  EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there';
  END;
  BEGIN
    CREATE TABLE made (id int PRIMARY KEY);
  EXCEPTION WHEN duplicate_table THEN
  END;
END $$;
DO $$ BEGIN
  DROP TABLE gone;
EXCEPTION WHEN undefined_table THEN NULL;
END $$;
DO $$ BEGIN
  CREATE EXTENSION postgis;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$;
DO $$ BEGIN
  CREATE TYPE one AS ENUM ('a');
  CREATE TYPE two AS ENUM ('b');
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
DO $$ BEGIN
  CREATE TYPE three AS ENUM ('a');
EXCEPTION WHEN others THEN NULL;
END $$;
DO $$ BEGIN
  CREATE INDEX four ON t (a);
EXCEPTION WHEN others THEN RAISE;
END $$;
DO $$ BEGIN
  CREATE INDEX five ON t (a);
EXCEPTION WHEN others THEN DROP TABLE t;
END $$;
