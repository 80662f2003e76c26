SELECT create_hypertable('t', 'time');
SELECT setval('s', 5);
DO $$ BEGIN CREATE TABLE t (); END $$;
CALL p();
SET search_path TO other;
GRANT SELECT ON t TO reader;
CREATE ROLE reader;
CREATE STATISTICS st ON a, b FROM t;
