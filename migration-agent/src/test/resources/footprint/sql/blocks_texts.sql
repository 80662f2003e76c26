DO $$
DECLARE
  wanted CONSTANT text := 'orders';
  there boolean;
  known int;
BEGIN
  SELECT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = wanted) INTO there;
  IF NOT there THEN
    EXECUTE 'CREATE TABLE ' || quote_ident(wanted) || ' (id int)';
  END IF;
  SELECT count(*) INTO known FROM pg_indexes WHERE indexname = 'i';
  IF known = 0 THEN
    EXECUTE format('CREATE INDEX %I ON %I (%s)', 'i', wanted, 'id');
  END IF;
  PERFORM 1 FROM pg_roles WHERE rolname = 'reader';
  IF FOUND THEN
    EXECUTE 'GRANT SELECT ON orders TO reader';
  END IF;
  PERFORM setval('orders_id_seq', 5);
  EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', wanted, (SELECT conname FROM pg_constraint LIMIT 1));
END $$;
DO $$
DECLARE name text; r record;
BEGIN
  FOREACH name IN ARRAY ARRAY['a', 'b'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN tenant uuid', name);
  END LOOP;
  FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', r.tablename);
    EXECUTE 'CREATE TRIGGER touch BEFORE UPDATE ON ' || r.tablename || ' FOR EACH ROW EXECUTE FUNCTION touch()';
    INSERT INTO seen VALUES (r.tablename) RETURNING id INTO r;
  END LOOP;
  WHILE true LOOP
    DELETE FROM old_rows;
    EXIT WHEN NOT FOUND;
  END LOOP;
END $$;
DO $$ BEGIN nonsense here; CREATE TABLE hidden (id int); END $$;
DO LANGUAGE plpython3u $$ plpy.execute('DROP TABLE python_table') $$;
