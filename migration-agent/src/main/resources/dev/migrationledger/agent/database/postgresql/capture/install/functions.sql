-- Capture itself. Written for servers 13 to 18; what only newer ones have is called only there. All in PL/pgSQL, which
-- plans each statement once for a session.

-- Catalog rows that this session wrote in this transaction, by catalog: counted by the server's own statistics, drops
-- included. They may include earlier transactions of the session which the server has not added up yet. Statistics are
-- no schema, and ANALYZE writes them. (Object ids below 16384 are the server's own, and quickly found among many.)
CREATE OR REPLACE FUNCTION migration_ledger.written_catalogs() RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $function$
BEGIN
    RETURN (
    SELECT coalesce(jsonb_object_agg(relname, n), '{}') FROM (
        SELECT c.relname,
               pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) + pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)
               + pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS n
        FROM pg_catalog.pg_class c
        WHERE c.oid < 16384 AND c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
          AND c.relname NOT IN ('pg_statistic', 'pg_statistic_ext_data')) AS written
    WHERE n > 0);
END
$function$;

-- Rows of tables that this transaction wrote. Only tables that it holds a writer's lock on are asked: another
-- transaction's unreckoned rows are so left out, and it costs the same in a database of 10 tables and of 10,000. A sequence
-- that was moved has no counter, and counts as one.
CREATE OR REPLACE FUNCTION migration_ledger.written_tables() RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $function$
BEGIN
    RETURN (
    SELECT coalesce(jsonb_object_agg(name, n), '{}') FROM (
        SELECT format('%I.%I', s.nspname, c.relname) AS name,
               CASE c.relkind WHEN 'S' THEN 1 ELSE
               pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) + pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)
               + pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) END AS n
        FROM (SELECT DISTINCT l.relation FROM pg_catalog.pg_locks l
              WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted
                AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = current_database())
                AND l.mode = 'RowExclusiveLock') AS locked
        JOIN pg_catalog.pg_class c ON c.oid = locked.relation
        JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'm', 'S') AND c.relpersistence <> 't'
          AND s.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema', 'migration_ledger')
          AND NOT EXISTS (SELECT FROM migration_ledger.version_table v
                          WHERE v.schema_name = s.nspname AND v.table_name = c.relname)) AS written
    WHERE n > 0);
END
$function$;

-- Whether this very transaction wrote to any of the named catalogs, apart from what the version table itself is described
-- by. The counters cannot tell; but what a transaction created or changed is visible to it alone, with a writer
-- that is still in progress (savepoints included), and what it dropped it still holds the exclusive lock of.
CREATE OR REPLACE FUNCTION migration_ledger.wrote_catalogs(version_table oid, written text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $function$
DECLARE
    me CONSTANT bigint := txid_current();
    here CONSTANT oid := (SELECT d.oid FROM pg_database d WHERE d.datname = current_database());
    catalog record;
    found_one boolean;
BEGIN
    SELECT bool_or(
               CASE WHEN l.locktype = 'object' THEN l.mode = 'AccessExclusiveLock'
                    WHEN c.oid IS NULL THEN l.mode = 'AccessExclusiveLock' AND l.database = here
                    ELSE c.oid <> version_table AND age(c.xmin) <= 0
                         AND txid_status(me - age(c.xmin)) = 'in progress' END
               -- A comment that is taken away leaves no row behind, and no exclusive lock.
               OR ('pg_description' = ANY (written) AND l.mode = 'ShareUpdateExclusiveLock'
                   AND l.relation IS DISTINCT FROM version_table))
    INTO found_one
    FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation
    WHERE l.pid = pg_backend_pid() AND l.granted AND l.locktype IN ('relation', 'object')
      AND l.mode IN ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock');
    IF found_one THEN
        RETURN true;
    END IF;
    FOR catalog IN
        SELECT c.oid, c.relname FROM pg_class c
        WHERE c.oid < 16384 AND c.relnamespace = 'pg_catalog'::regnamespace AND c.relname = ANY (written)
          AND has_table_privilege(c.oid, 'SELECT')
        ORDER BY c.relpages
    LOOP
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM pg_catalog.%I WHERE age(xmin) <= 0 AND txid_status($1 - age(xmin)) = ''in progress'' AND %s)',
            catalog.relname,
            CASE catalog.relname WHEN 'pg_class' THEN 'oid <> $2' WHEN 'pg_attribute' THEN 'attrelid <> $2' ELSE 'true' END)
        INTO found_one USING me, version_table;
        IF found_one THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END
$function$;

-- Tells this log from every other: a restore, or a copy of the database, has another.
CREATE OR REPLACE FUNCTION migration_ledger.current_origin() RETURNS text LANGUAGE plpgsql STABLE AS $function$
BEGIN
    RETURN (
    SELECT d.oid || '.' || 'migration_ledger.change'::regclass::oid || '.'
           || coalesce((SELECT max(o.xmin::text) FROM migration_ledger.origin o), '')
    FROM pg_catalog.pg_database d WHERE d.datname = current_database());
END
$function$;

-- A subscriber of all tables would be sent rows of tables that it does not have, and stop. Unlogged tables are not sent.
CREATE OR REPLACE FUNCTION migration_ledger.refuse_if_published() RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
BEGIN
    IF EXISTS (SELECT FROM pg_publication WHERE puballtables)
       AND EXISTS (SELECT FROM pg_class WHERE oid = 'migration_ledger.change'::regclass AND relpersistence = 'p') THEN
        RAISE EXCEPTION 'a publication for all tables would send captured changes to its subscribers; run capture install again'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
END
$function$;

-- No more rows than are to be kept: the oldest go first. Rows that somebody else is deleting are left to them.
CREATE OR REPLACE FUNCTION migration_ledger.drop_oldest() RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
DECLARE
    most integer;
    gone bigint;
BEGIN
    most := greatest(coalesce((SELECT s.keep FROM migration_ledger.setting s), 10000) - 32, 1);
    WITH old AS MATERIALIZED (
        SELECT c.id FROM migration_ledger.change c
        WHERE c.id <= (SELECT k.id FROM migration_ledger.change k ORDER BY k.id DESC OFFSET most LIMIT 1)
        ORDER BY c.id FOR UPDATE SKIP LOCKED)
    DELETE FROM migration_ledger.change c USING old WHERE c.id = old.id;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM nextval('migration_ledger.lost_count') FROM generate_series(1, gone);
    WITH old AS MATERIALIZED (
        SELECT t.id FROM migration_ledger.touched t
        WHERE t.id <= (SELECT k.id FROM migration_ledger.touched k ORDER BY k.id DESC OFFSET most LIMIT 1)
        ORDER BY t.id FOR UPDATE SKIP LOCKED)
    DELETE FROM migration_ledger.touched t USING old WHERE t.id = old.id;
EXCEPTION WHEN OTHERS THEN
    -- Somebody else is at it; the next change tries again.
    NULL;
END
$function$;

CREATE OR REPLACE FUNCTION migration_ledger.note_failure(failed_state text, failed_message text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $function$
DECLARE
    counted CONSTANT bigint := nextval('migration_ledger.failure_count');
BEGIN
    PERFORM migration_ledger.refuse_if_published();
    INSERT INTO migration_ledger.failure VALUES (counted, clock_timestamp(), failed_state, left(failed_message, 500));
    DELETE FROM migration_ledger.failure f WHERE f.number <= counted - 100;
EXCEPTION WHEN OTHERS THEN
    -- It is counted, which is more than nothing.
    NULL;
END
$function$;

-- A statement as it is kept: without a string but the versions that it is about, and without comments, because any of them may hold a
-- secret, be it a role's password, a connection or a program. Where something was left out a mark follows, the same for equal
-- statements. One '…' at the end says that the statement was longer. What cannot be read is not kept. No pattern here
-- holds a backslash, which means one thing or another by a setting of the session.
CREATE OR REPLACE FUNCTION migration_ledger.redacted(statement text, was text, becomes text) RETURNS text
LANGUAGE plpgsql VOLATILE AS $function$
DECLARE
    kept CONSTANT text[] := ARRAY[quote_literal(was), quote_literal(becomes)];
    backslashes CONSTANT boolean := current_setting('standard_conforming_strings') = 'off';
    plain CONSTANT text := '^''(?:[^'']|'''')*''';
    escaped CONSTANT text := '^''(?:[^''' || repeat(chr(92), 2) || ']|' || repeat(chr(92), 2) || '.|'''')*''';
    -- A migration waits for this: it ends soon whatever the statement is.
    steps integer := 700;
    rest text := left(statement, 4000);
    short text := '';
    token text;
    tail text;
    place integer;
    deeper integer;
    depth integer;
    left_out boolean := false;
BEGIN
    WHILE rest <> '' AND length(short) <= 1900 AND steps > 0 LOOP
        steps := steps - 1;
        token := substring(rest FROM '^[^''"$/-]+');
        IF token IS NOT NULL THEN
            short := short || token;
        ELSIF left(rest, 1) = '''' THEN
            token := coalesce(substring(rest FROM CASE WHEN backslashes OR short ~* '(^|[^[:alnum:]_$])e$' THEN escaped ELSE plain END), rest);
            IF token = ANY (kept) THEN
                short := short || token;
            ELSE
                short := short || '''***''';
                left_out := true;
            END IF;
        ELSIF left(rest, 1) = '"' THEN
            token := coalesce(substring(rest FROM '^"(?:[^"]|"")*"'), rest);
            short := short || token;
        ELSIF rest ~ '^[$]([[:alpha:]_][[:alnum:]_]*)?[$]' AND short !~ '[[:alnum:]_$]$' THEN
            token := substring(rest FROM '^[$](?:[[:alpha:]_][[:alnum:]_]*)?[$]');
            place := strpos(substr(rest, length(token) + 1), token);
            token := CASE WHEN place = 0 THEN rest ELSE left(rest, place - 1 + 2 * length(token)) END;
            short := short || '$$***$$';
            left_out := true;
        ELSIF left(rest, 2) = '--' THEN
            token := substring(rest FROM '^[^' || chr(10) || chr(13) || ']+');
            short := short || '-- ***';
            left_out := true;
        ELSIF left(rest, 2) = '/*' THEN
            token := '/*';
            depth := 1;
            WHILE depth > 0 AND steps > 0 LOOP
                steps := steps - 1;
                tail := substr(rest, length(token) + 1);
                place := strpos(tail, '*/');
                deeper := strpos(tail, '/*');
                IF place = 0 THEN
                    EXIT;
                ELSIF deeper > 0 AND deeper < place THEN
                    depth := depth + 1;
                    token := token || left(tail, deeper + 1);
                ELSE
                    depth := depth - 1;
                    token := token || left(tail, place + 1);
                END IF;
            END LOOP;
            IF depth > 0 THEN
                token := rest;
            END IF;
            short := short || '/* *** */';
            left_out := true;
        ELSE
            token := left(rest, 1);
            short := short || token;
        END IF;
        rest := substr(rest, length(token) + 1);
    END LOOP;
    RETURN left(short, 1930)
        || CASE WHEN left_out THEN ' /* redacted ' || coalesce(migration_ledger.statement_mark(statement), '?') || ' */' ELSE '' END
        || CASE WHEN rest <> '' OR steps <= 0 OR octet_length(statement) > octet_length(left(statement, 4000)) OR length(short) > 1930 THEN '…' ELSE '' END;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END
$function$;

-- 64 bits of a digest that is keyed twice, so that it cannot be made longer. The server has no HMAC of its own. Of a very long statement the
-- beginning and the length count.
CREATE OR REPLACE FUNCTION migration_ledger.statement_mark(statement text) RETURNS text LANGUAGE plpgsql VOLATILE AS $function$
DECLARE
    key CONSTANT bytea := convert_to((SELECT k.value FROM migration_ledger.digest_key k LIMIT 1), 'UTF8');
BEGIN
    RETURN left(encode(sha256(key || sha256(key || convert_to(octet_length(statement) || ' ' || left(statement, 100000), 'UTF8'))), 'hex'), 16);
END
$function$;

-- What else runs when a row of the version table changes, and may have written what is counted: triggers, rules and actions of
-- foreign keys. 'before': what may run before this change is captured, and so also before the first one of a transaction.
CREATE OR REPLACE FUNCTION migration_ledger.other_triggers(version_table oid) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $function$
BEGIN
    RETURN (
    SELECT jsonb_build_object('before', coalesce(jsonb_agg(f.name) FILTER (WHERE f.early), '[]'),
                              'after', coalesce(jsonb_agg(f.name) FILTER (WHERE NOT f.early), '[]'))
    FROM (
        SELECT t.tgname AS name,
               -- Triggers before the row or for the statement, and those whose name comes first.
               (t.tgtype & 2) <> 0 OR (t.tgtype & 1) = 0 OR t.tgname < '00_migration_ledger_change'::name AS early
        FROM pg_trigger t
        WHERE t.tgrelid = version_table AND NOT t.tgisinternal AND t.tgenabled <> 'D'
          AND t.tgfoid <> 'migration_ledger.capture_change'::regproc
        UNION ALL
        SELECT r.rulename, true FROM pg_rewrite r WHERE r.ev_class = version_table AND r.ev_enabled <> 'D'
        UNION ALL
        SELECT k.conname, false FROM pg_trigger t JOIN pg_constraint k ON k.oid = t.tgconstraint
        WHERE t.tgrelid = version_table AND t.tgisinternal AND k.confrelid = version_table
          AND (k.confupdtype IN ('c', 'n', 'd') OR k.confdeltype IN ('c', 'n', 'd'))
        ORDER BY name LIMIT 20) AS f
    HAVING count(*) > 0);
END
$function$;

CREATE OR REPLACE FUNCTION migration_ledger.write_change(
    relation oid, in_schema text, in_table text, operation text, was text, becomes text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $function$
DECLARE
    me CONSTANT bigint := txid_current();
    -- Reading what others write makes serializable transactions fail each other, at commit, where nothing can catch it.
    careful CONSTANT boolean := current_setting('transaction_isolation') = 'serializable';
    version CONSTANT integer := current_setting('server_version_num')::integer;
    catalogs jsonb := migration_ledger.written_catalogs();
    own boolean;
    earlier jsonb := '{}';
    number bigint;
BEGIN
    PERFORM migration_ledger.refuse_if_published();
    IF NOT careful THEN
        SELECT c.own INTO own FROM migration_ledger.change c WHERE c.xact = me ORDER BY c.id DESC LIMIT 1;
    END IF;
    IF current_setting('track_counts') <> 'on' AND own IS NOT TRUE THEN
        -- Nobody counts here: what can be seen of a catalog's rows has to do.
        own := migration_ledger.wrote_catalogs(relation, ARRAY(
            SELECT c.relname FROM pg_class c WHERE c.oid < 16384 AND c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
            AND c.relname NOT IN ('pg_statistic', 'pg_statistic_ext_data', 'pg_description')));
        catalogs := CASE WHEN own THEN '{"pg_catalog": 1}'::jsonb ELSE '{}'::jsonb END;
    ELSIF operation = 'ATTACH' THEN
        own := true;
    ELSIF own IS NOT TRUE THEN
        own := catalogs <> '{}' AND migration_ledger.wrote_catalogs(relation, ARRAY(SELECT jsonb_object_keys(catalogs)));
        IF NOT own THEN
            earlier := catalogs;
            IF version < 150000 AND catalogs <> '{}' AND NOT careful THEN
                -- Those of the transaction captured before it may not be reckoned up yet either.
                SELECT coalesce(jsonb_object_agg(now_there.key, now_there.n - coalesce((c.catalogs ->> now_there.key)::bigint, 0))
                                FILTER (WHERE now_there.n > coalesce((c.catalogs ->> now_there.key)::bigint, 0)), '{}')
                INTO earlier
                FROM (SELECT e.key, e.value::bigint AS n FROM jsonb_each_text(catalogs) e) AS now_there
                LEFT JOIN LATERAL (
                    SELECT k.catalogs FROM migration_ledger.change k
                    WHERE k.pid = pg_backend_pid() AND k.xact <> me AND k.changed_at > clock_timestamp() - interval '10 s'
                    ORDER BY k.id DESC LIMIT 1) AS c ON true;
            END IF;
        END IF;
    END IF;
    number := nextval('migration_ledger.change_id');
    INSERT INTO migration_ledger.change (
        id, origin, xact, pid, user_name, application_name, client_address, statement, changed_at,
        schema_name, table_name, operation, was, becomes, catalogs, tables, own, earlier, others, idle)
    VALUES (
        number, migration_ledger.current_origin(), me, pg_backend_pid(), session_user,
        nullif(current_setting('application_name'), ''), host(inet_client_addr()), migration_ledger.redacted(current_query(), was, becomes),
        clock_timestamp(), in_schema, in_table, operation, was, becomes,
        catalogs, migration_ledger.written_tables(), own, earlier, migration_ledger.other_triggers(relation),
        current_setting('migration_ledger.idle', true) = 'on');
    PERFORM set_config('migration_ledger.idle', '', true);
    IF number % 32 = 0 AND NOT careful THEN
        PERFORM migration_ledger.drop_oldest();
    END IF;
    IF version >= 150000 THEN
        -- The next transaction of this session then starts from nought.
        PERFORM pg_stat_force_next_flush();
    END IF;
    -- NOTIFY forbids PREPARE TRANSACTION, and a full queue fails the commit: nothing that a wake-up is worth.
    IF current_setting('max_prepared_transactions') = '0' AND current_setting('session_replication_role') <> 'replica'
       AND pg_notification_queue_usage() < 0.5 THEN
        PERFORM pg_notify('migration_ledger', '');
    END IF;
END
$function$;

-- Fires on the version table. Whatever goes wrong here, the migration goes on.
CREATE OR REPLACE FUNCTION migration_ledger.capture_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '100ms' AS $function$
DECLARE
    was text;
    becomes text;
    kind regtype;
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        -- A type's owner makes its casts, which would run with the rights of this function.
        kind := CASE TG_OP WHEN 'DELETE' THEN pg_typeof(OLD.version_num) ELSE pg_typeof(NEW.version_num) END;
        IF kind NOT IN ('varchar'::regtype, 'text'::regtype, 'bpchar'::regtype) THEN
            RAISE EXCEPTION 'version_num of this table is not varchar, text or char, so its changes are not captured'
                USING ERRCODE = 'datatype_mismatch';
        END IF;
    END IF;
    IF TG_LEVEL = 'ROW' AND TG_OP <> 'INSERT' THEN
        was := OLD.version_num;
    END IF;
    IF TG_LEVEL = 'ROW' AND TG_OP <> 'DELETE' THEN
        becomes := NEW.version_num;
    END IF;
    -- Of exactly these types: a call that fits another function as well could lead there.
    PERFORM migration_ledger.write_change(TG_RELID, TG_TABLE_SCHEMA::text, TG_TABLE_NAME::text, TG_OP::text, was, becomes);
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    BEGIN
        PERFORM migration_ledger.note_failure(SQLSTATE, SQLERRM);
    EXCEPTION WHEN OTHERS THEN
        NULL;
    END;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION migration_ledger.write_touched(objects jsonb) RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
DECLARE
    number bigint;
BEGIN
    PERFORM migration_ledger.refuse_if_published();
    number := nextval('migration_ledger.change_id');
    INSERT INTO migration_ledger.touched (
        id, origin, xact, pid, user_name, application_name, client_address, statement, changed_at, objects)
    VALUES (
        number, migration_ledger.current_origin(), txid_current(), pg_backend_pid(), session_user,
        nullif(current_setting('application_name'), ''), host(inet_client_addr()), migration_ledger.redacted(current_query(), NULL, NULL),
        clock_timestamp(), objects);
    IF number % 32 = 0 AND current_setting('transaction_isolation') <> 'serializable' THEN
        PERFORM migration_ledger.drop_oldest();
    END IF;
END
$function$;

-- Puts the triggers on a version table. As ALWAYS where the role may: a session that plays replica is seen as well.
CREATE OR REPLACE FUNCTION migration_ledger.attach(in_schema text, in_table text) RETURNS void LANGUAGE plpgsql VOLATILE AS $function$
BEGIN
    -- The name comes first in the alphabet, as triggers fire: what an audit trigger writes is no migration's work.
    EXECUTE format('CREATE TRIGGER "00_migration_ledger_change" AFTER INSERT OR UPDATE OR DELETE ON %I.%I '
                   'FOR EACH ROW EXECUTE FUNCTION migration_ledger.capture_change()', in_schema, in_table);
    EXECUTE format('CREATE TRIGGER "00_migration_ledger_truncate" AFTER TRUNCATE ON %I.%I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION migration_ledger.capture_change()', in_schema, in_table);
    IF (SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c
        WHERE c.oid = to_regclass(format('%I.%I', in_schema, in_table))) THEN
        EXECUTE format('ALTER TABLE %I.%I ENABLE ALWAYS TRIGGER "00_migration_ledger_change", '
                       'ENABLE ALWAYS TRIGGER "00_migration_ledger_truncate"', in_schema, in_table);
    END IF;
END
$function$;

-- Event trigger: names what was created or changed, and attaches itself to a version table that appears.
CREATE OR REPLACE FUNCTION migration_ledger.capture_ddl() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '100ms' AS $function$
DECLARE
    seen jsonb;
    born record;
    dropped CONSTANT boolean := current_setting('migration_ledger.dropped', true) = 'on';
BEGIN
    IF dropped THEN
        PERFORM set_config('migration_ledger.dropped', '', true);
    END IF;
    IF tg_tag IN ('REINDEX', 'REFRESH MATERIALIZED VIEW', 'ANALYZE') THEN
        RETURN;
    END IF;
    FOR born IN
        SELECT DISTINCT c.oid, v.schema_name, v.table_name, (
                   SELECT a.atttypid IN ('varchar'::regtype, 'text'::regtype, 'bpchar'::regtype) FROM pg_attribute a
                   WHERE a.attrelid = c.oid AND a.attname = 'version_num' AND NOT a.attisdropped) AS is_text
        FROM pg_event_trigger_ddl_commands() d
        JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid AND c.relkind IN ('r', 'p')
        JOIN pg_namespace s ON s.oid = c.relnamespace
        JOIN migration_ledger.version_table v ON v.schema_name = s.nspname AND v.table_name = c.relname
        WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = '00_migration_ledger_change')
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'version_num' AND NOT a.attisdropped)
    LOOP
        IF NOT born.is_text THEN
            PERFORM migration_ledger.note_failure('42804',
                'version_num of a version table is not varchar, text or char, so its changes are not captured');
            CONTINUE;
        END IF;
        PERFORM migration_ledger.attach(born.schema_name, born.table_name);
        -- What was written until now, the version table itself, is no work of the migration that follows.
        PERFORM migration_ledger.write_change(born.oid, born.schema_name, born.table_name, 'ATTACH'::text, NULL::text, NULL::text);
    END LOOP;
    SELECT jsonb_agg(DISTINCT jsonb_build_object(
               'touch', CASE WHEN d.command_tag LIKE 'CREATE%' THEN 'CREATED' ELSE 'ALTERED' END,
               'kind', d.object_type,
               'name', d.object_identity))
    INTO seen
    FROM pg_event_trigger_ddl_commands() d
    WHERE NOT d.in_extension
      -- GRANT and the like do not say on what.
      AND d.object_identity IS NOT NULL
      AND coalesce(d.schema_name, '') NOT IN ('pg_temp', 'migration_ledger')
      AND d.object_identity NOT IN ('migration_ledger', 'migration_ledger_ddl', 'migration_ledger_drop')
      AND NOT EXISTS (
          SELECT FROM pg_class c
          JOIN pg_namespace s ON s.oid = c.relnamespace
          JOIN migration_ledger.version_table v ON v.schema_name = s.nspname AND v.table_name = c.relname
          WHERE (d.classid = 'pg_class'::regclass AND d.objid IN (
                     SELECT c.oid UNION ALL SELECT i.indexrelid FROM pg_index i WHERE i.indrelid = c.oid))
             OR (d.classid = 'pg_trigger'::regclass AND d.objid IN (SELECT t.oid FROM pg_trigger t WHERE t.tgrelid = c.oid)));
    IF seen IS NOT NULL THEN
        PERFORM migration_ledger.write_touched(seen);
    ELSIF NOT coalesce(dropped, false) AND tg_tag ~ '^(CREATE|ALTER|DROP) '
          AND NOT EXISTS (SELECT FROM pg_event_trigger_ddl_commands()) THEN
        -- IF [NOT] EXISTS changed nothing. Kept in the session until a version row changes: applications run such statements often,
        -- and a row for each would be a write for each.
        PERFORM set_config('migration_ledger.idle', 'on', true);
    END IF;
EXCEPTION WHEN OTHERS THEN
    BEGIN
        PERFORM migration_ledger.note_failure(SQLSTATE, SQLERRM);
    EXCEPTION WHEN OTHERS THEN
        NULL;
    END;
END
$function$;

-- Event trigger: names what was dropped, and tells when that is the version table.
CREATE OR REPLACE FUNCTION migration_ledger.capture_drop() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '100ms' AS $function$
DECLARE
    seen jsonb;
    gone record;
BEGIN
    -- Runs before capture_ddl, which gets no list of dropped objects and would take the command for one that changed nothing.
    PERFORM set_config('migration_ledger.dropped', 'on', true);
    FOR gone IN
        SELECT d.objid, v.schema_name, v.table_name FROM pg_event_trigger_dropped_objects() d
        JOIN migration_ledger.version_table v
          ON d.object_type = 'table' AND v.schema_name = d.schema_name AND v.table_name = d.object_name
    LOOP
        PERFORM migration_ledger.write_change(gone.objid, gone.schema_name, gone.table_name, 'DROP'::text, NULL::text, NULL::text);
    END LOOP;
    -- An extension takes thousands with it: enough that it is named itself, and some of them.
    SELECT jsonb_agg(jsonb_build_object('touch', 'DROPPED', 'kind', listed.object_type, 'name', listed.object_identity))
    INTO seen
    FROM (
        SELECT d.object_type, d.object_identity FROM pg_event_trigger_dropped_objects() d
        WHERE (d.original OR d.normal) AND NOT d.is_temporary
          AND coalesce(d.schema_name, '') <> 'migration_ledger'
          AND d.object_identity NOT IN ('migration_ledger', 'migration_ledger_ddl', 'migration_ledger_drop')
          AND d.object_identity NOT LIKE '"00\_migration\_ledger\_%'
          AND NOT EXISTS (
              SELECT FROM migration_ledger.version_table v
              WHERE d.object_type = 'table' AND v.schema_name = d.schema_name AND v.table_name = d.object_name)
        GROUP BY 1, 2 ORDER BY bool_or(d.original) DESC, 1, 2 LIMIT 200) AS listed;
    IF seen IS NOT NULL THEN
        PERFORM migration_ledger.write_touched(seen);
    END IF;
EXCEPTION WHEN OTHERS THEN
    BEGIN
        PERFORM migration_ledger.note_failure(SQLSTATE, SQLERRM);
    EXCEPTION WHEN OTHERS THEN
        NULL;
    END;
END
$function$;

-- For the agent: deletes what the ledger has. What it has is told by transaction, because a lower number may appear
-- after a higher one: all that ended before 'horizon', and those named.
CREATE OR REPLACE FUNCTION migration_ledger.forget(in_schema text, in_table text, horizon bigint, named bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '100ms' AS $function$
DECLARE
    gone bigint;
BEGIN
    WITH old AS MATERIALIZED (
        SELECT c.id FROM migration_ledger.change c
        WHERE c.schema_name = in_schema AND c.table_name = in_table AND (c.xact < horizon OR c.xact = ANY (named))
        ORDER BY c.id FOR UPDATE SKIP LOCKED)
    DELETE FROM migration_ledger.change c USING old WHERE c.id = old.id;
    GET DIAGNOSTICS gone = ROW_COUNT;
    -- Where several version tables are watched, each has its own agent, and all of them want these.
    IF (SELECT count(*) FROM migration_ledger.version_table) <= 1 THEN
        WITH old AS MATERIALIZED (
            SELECT t.id FROM migration_ledger.touched t WHERE t.xact < horizon OR t.xact = ANY (named)
            ORDER BY t.id FOR UPDATE SKIP LOCKED)
        DELETE FROM migration_ledger.touched t USING old WHERE t.id = old.id;
    END IF;
    RETURN gone;
END
$function$;

-- Nobody else may call these, nor put the trigger functions on tables of their own: that would be forging.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA migration_ledger FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA migration_ledger FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA migration_ledger FROM PUBLIC;
