package dev.migrationledger.agent.database.postgresql.capture;

/** What is asked of the log and of how it stands, as one place to read. */
final class Queries {

    /** Asked of the catalogs first, because a SELECT that fails would end the transaction of the poll. */
    static final String PRESENCE = """
            SELECT obj_description(n.oid, 'pg_namespace') AS comment, n.nspowner::regrole::text AS owner,
                   current_user::text AS me,
                   coalesce(has_schema_privilege(n.oid, 'USAGE'), false)
                   AND coalesce((SELECT bool_and(has_table_privilege(c.oid, 'SELECT')) FROM pg_catalog.pg_class c
                        WHERE c.relnamespace = n.oid AND c.relkind = 'r' AND c.relname <> 'digest_key'), false) AS readable
            FROM pg_catalog.pg_namespace n WHERE n.nspname = 'migration_ledger'""";

    /**
     * The triggers by object id, state and row version, which a disabling and enabling again changes; and how often capturing
     * failed or lost a row. As long as these are the same, nothing was missed.
     */
    static final String STANDING = """
            WITH on_table AS (
                SELECT t.oid, t.xmin, t.tgenabled FROM pg_catalog.pg_trigger t
                JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ? AND t.tgenabled IN ('O', 'A') AND %1$s),
            on_event AS (
                SELECT e.oid, e.xmin, e.evtenabled FROM pg_catalog.pg_event_trigger e
                WHERE e.evtenabled IN ('O', 'A') AND %2$s),
            here AS (SELECT %3$s AS origin)
            SELECT h.origin,
                   txid_snapshot_xmin(txid_current_snapshot()) AS oldest_running,
                   (SELECT count(*) = 2 FROM on_event) AS event_triggers,
                   CASE WHEN (SELECT count(*) = 2 FROM on_table) THEN
                       h.origin
                       || ' ' || (SELECT string_agg(concat_ws('/', oid, xmin, tgenabled), ' ' ORDER BY oid) FROM on_table)
                       || ' ' || (SELECT last_value + is_called::int FROM migration_ledger.failure_count)
                       || ' ' || (SELECT last_value + is_called::int FROM migration_ledger.lost_count) END AS coverage
            FROM here h"""
            .formatted(TriggerQueries.OURS, TriggerQueries.OUR_EVENTS, LogTables.ORIGIN);

    /**
     * Whole transactions, in the order of their last change: a transaction that waited for another's row numbers its change
     * after the other committed. The row that is left over tells the lowest number of those that were too many.
     */
    static final String CHANGES = """
            WITH asked AS MATERIALIZED (
                SELECT ?::text AS origin, ?::text AS in_schema, ?::text AS in_table, ?::bigint AS horizon, ?::bigint[] AS known),
            entry AS MATERIALIZED (
                SELECT c.id, c.xact, c.pid, c.user_name, c.application_name, c.client_address, c.statement, c.changed_at,
                       c.operation, c.was, c.becomes, c.catalogs, c.tables, c.own, c.earlier, c.others, c.idle,
                       NULL::jsonb AS objects
                FROM migration_ledger.change c, asked a
                WHERE c.origin = a.origin AND c.schema_name = a.in_schema AND c.table_name = a.in_table
                  AND c.xact >= a.horizon AND NOT c.xact = ANY (a.known)
                UNION ALL
                SELECT t.id, t.xact, t.pid, t.user_name, t.application_name, t.client_address, t.statement, t.changed_at,
                       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, t.objects
                FROM migration_ledger.touched t, asked a
                WHERE t.origin = a.origin AND t.xact >= a.horizon AND NOT t.xact = ANY (a.known)),
            ranked AS (SELECT xact, row_number() OVER (ORDER BY max(id)) AS place FROM entry GROUP BY xact),
            bound AS (SELECT ?::int AS most)
            SELECT false AS left_over, e.id, e.xact, e.pid, e.user_name, e.application_name, e.client_address, e.statement,
                   e.changed_at, e.operation, e.was, e.becomes, coalesce(e.own, false) AS own,
                   coalesce(e.idle, false) AS idle,
                   ARRAY(SELECT key || '=' || value FROM jsonb_each_text(e.catalogs)) AS catalogs,
                   ARRAY(SELECT key || '=' || value FROM jsonb_each_text(e.tables)) AS tables,
                   ARRAY(SELECT key || '=' || value FROM jsonb_each_text(e.earlier)) AS earlier,
                   ARRAY(SELECT jsonb_array_elements_text(e.others -> 'before')) AS early_triggers,
                   ARRAY(SELECT jsonb_array_elements_text(e.others -> 'after')) AS late_triggers,
                   ARRAY(SELECT o ->> 'touch' FROM jsonb_array_elements(e.objects) WITH ORDINALITY AS j (o, n) ORDER BY n) AS touches,
                   ARRAY(SELECT o ->> 'kind' FROM jsonb_array_elements(e.objects) WITH ORDINALITY AS j (o, n) ORDER BY n) AS kinds,
                   ARRAY(SELECT o ->> 'name' FROM jsonb_array_elements(e.objects) WITH ORDINALITY AS j (o, n) ORDER BY n) AS names
            FROM entry e JOIN ranked r USING (xact), bound b WHERE r.place <= b.most
            UNION ALL
            SELECT true, NULL, min(r.xact), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                   NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
            FROM ranked r, bound b WHERE r.place > b.most HAVING count(*) > 0
            ORDER BY left_over, id""";

    /**
     * Only with the rights of its owner, who is capture's: a function that ran with the caller's could do what it likes. It may be
     * replaced between this question and the call, so a superuser calls none but a superuser's or their own.
     */
    static final String MAY_FORGET = """
            SELECT coalesce(bool_and(has_function_privilege(p.oid, 'EXECUTE') AND p.proowner = n.nspowner
                            AND (o.rolname = session_user OR (p.prosecdef AND (o.rolsuper OR NOT me.rolsuper)))), false)
            FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_catalog.pg_roles o ON o.oid = p.proowner
            JOIN pg_catalog.pg_roles me ON me.rolname = session_user
            WHERE n.nspname = 'migration_ledger' AND p.proname = 'forget'""";

    static final String FORGET = "SELECT migration_ledger.forget(?, ?, ?, ?::bigint[])";

    private Queries() {}
}
