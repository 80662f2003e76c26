SELECT count(*), lower(a) FROM t WHERE b = :x AND c::text = 'y';
SELECT pg_get_constraintdef(oid) FROM pg_constraint;
SET LOCAL statement_timeout = '5s';
SET session_replication_role = replica;
LOCK TABLE t IN EXCLUSIVE MODE;
COMMIT;
ANALYZE t;
