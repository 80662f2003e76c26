package dev.migrationledger.agent.database.postgresql.capture;

/**
 * Which triggers are capture's: by their function and form, because a table's owner may give any trigger its name. An AFTER
 * trigger for rows has type 29 (row 1, insert 4, delete 8, update 16), one for TRUNCATE 32.
 */
public final class TriggerQueries {

    /** A condition on {@code pg_trigger} t. */
    public static final String OURS = """
            t.tgname IN ('00_migration_ledger_change', '00_migration_ledger_truncate') AND t.tgqual IS NULL
            AND t.tgattr::text = '' AND t.tgtype = CASE t.tgname WHEN '00_migration_ledger_change' THEN 29 ELSE 32 END
            AND t.tgfoid = (SELECT p.oid FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace m ON m.oid = p.pronamespace
                            WHERE m.nspname = 'migration_ledger' AND p.proname = 'capture_change' AND p.pronargs = 0)
            """;

    /** A condition on {@code pg_event_trigger} e. */
    public static final String OUR_EVENTS = """
            e.evtfoid = (SELECT p.oid FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace m ON m.oid = p.pronamespace
                         WHERE m.nspname = 'migration_ledger' AND p.pronargs = 0 AND p.proname =
                             CASE e.evtname WHEN 'migration_ledger_ddl' THEN 'capture_ddl' WHEN 'migration_ledger_drop' THEN 'capture_drop' END)
            """;

    private TriggerQueries() {}
}
