package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.ledger.audit.index.AuditFollower;
import dev.migrationledger.ledger.audit.index.IndexedEntry;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * An audit of very many events, made by SQL. A thousand environments take turns, a minute between two events, so each is in every block: the worst that can
 * be for blocks.
 *
 * @param url of the database
 */
record FilledAudit(String url, long events) {

    private static final PrintStream OUT = System.out;

    /** Rows of one statement. */
    private static final int STEP = 500_000;

    void load() throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            sql.execute("set maintenance_work_mem = '512MB'");
            sql.execute("set max_parallel_maintenance_workers = 0");
            for (String table : new String[]{"audit_entry", "audit_block", "audit_block_token"}) {
                sql.execute("alter table ledger.%1$s set unlogged".formatted(table));
                sql.execute("alter table ledger.%1$s drop constraint %1$s_pkey".formatted(table));
            }
            for (long from = 1; from <= events; from += STEP) {
                sql.execute(entries(from, Math.min(events, from + STEP - 1)));
            }
            for (long from = 0; from <= events; from += STEP) {
                sql.execute(tokens(from, Math.min(events, from + STEP - 1)));
            }
            sql.execute("""
                    insert into ledger.audit_block select position / %d, min(occurred_from), max(occurred_to),
                    min(recorded_at), max(recorded_at) from ledger.audit_entry group by 1""".formatted(
                    IndexedEntry.BLOCK));
            sql.execute("alter table ledger.audit_entry add primary key (position)");
            sql.execute("alter table ledger.audit_block add primary key (block)");
            sql.execute("alter table ledger.audit_block_token add primary key (token, block)");
            sql.execute("insert into ledger.audit_state (form, position) values (%d, %d)".formatted(AuditFollower.FORM,
                    events)
                    + " on conflict (only_row) do update set form = excluded.form, position = excluded.position");
            sql.execute("vacuum (analyze) ledger.audit_entry, ledger.audit_block, ledger.audit_block_token");
        }
        OUT.printf(Locale.ROOT, "loaded %,d entries in %.0f s%n", events, (System.nanoTime() - start) / 1e9);
    }

    /** Text of rows, where {@code g} is a position. */
    private String entries(long from, long to) {
        return """
            insert into ledger.audit_entry
            (position, project, environment, recorded_at, occurred_from, occurred_to, tokens, words, facts)
            select g, project, environment, at, at, at,
                array['kind=' || kind, 'kind=' || short, 'project=' || project, 'environment=' || environment,
                    'environment=' || project || '/' || environment, 'label=tier', 'label=tier=' || tier,
                    'actor=' || actor, 'user=' || actor, 'actor-kind=database-user', 'agent=a' || g %% 1000,
                    'revision=' || revision, 'evidence=trigger', 'object=public.t' || g %% 500],
                ' ' || kind || ' ' || revision || ' by ' || actor || ' alter table public t' || g %% 500
                    || ' add column c' || g %% 5000 || case when g = %d then ' zebra' else '' end,
                '{"position":' || g || ',"event":"' || md5(g::text)::uuid || '","kind":"' || kind
                    || '","project":"' || project || '","environment":"' || environment || '","labels":{"tier":"' || tier
                    || '"},"actor":{"kind":"database-user","name":"' || actor || '","session":"' || actor
                    || ' via psql from 10.0.0.7"},"text":"Applied ' || revision || '.","revisions":["' || revision
                    || '"],"evidence":{"method":"trigger","certainty":"certain","statement":"ALTER TABLE public.t'
                    || g %% 500 || ' ADD COLUMN c' || g %% 5000 || ' integer","objects":["altered table public.t'
                    || g %% 500 || '"],"moreObjects":0},"occurredAt":{"at":"' || stamp
                    || '","precision":"exact"},"recordedAt":"' || stamp
                    || '","origin":{"agent":"a' || g %% 1000 || '","epoch":"00000000-0000-0000-0000-000000000001","sequence":'
                    || g || ',"observedAt":"' || stamp || '"},"links":[{"kind":"revision","address":"/projects/' || project || '/revisions/' || revision
                    || '"},{"kind":"environment","address":"/projects/' || project || '/environments/' || environment
                    || '?knownAt=' || stamp || '"}]}'
            from (
                select g, project, environment, at, kind, short, tier, actor, revision,
                    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as stamp
                from (
                    select g, 'p' || g %% 20 as project, 'e' || g %% 1000 as environment,
                        timestamptz '2026-11-30 00:00:00+00' - (%d - g) * interval '1 minute' as at,
                        case when g %% 20 = 0 then 'revision-stamped' when g %% 4 = 1 then 'revision-applied'
                            else 'schema-observed' end as kind,
                        case when g %% 20 = 0 then 'stamped' when g %% 4 = 1 then 'applied' else 'schema' end as short,
                        case when g %% 2 = 0 then 'prod' else 'test' end as tier,
                        case when g %% 4 = 1 then 'deploy' when g %% 7 = 0 then 'ada' else 'ci' end as actor,
                        substr(md5((g / 10)::text), 1, 12) as revision
                    from generate_series(%d, %d) g) made) stamped
            """.formatted(events / 100, events, from, to);
    }

    /**
     * What the blocks of these positions have, once for each block: the values take turns within fewer positions than a block has, so most are in every
     * block.
     */
    private String tokens(long from, long to) {
        int size = IndexedEntry.BLOCK;
        return """
            insert into ledger.audit_block_token (block, token)
            select b, token from generate_series(%1$d, %2$d) b cross join lateral (
                select unnest(array['environment=e' || v, 'environment=p' || v %% 20 || '/e' || v, 'agent=a' || v,
                    'pair=e' || v || ' ' || case when v %% 20 = 0 then 'stamped' when v %% 4 = 1 then 'applied'
                        else 'schema' end]) as token from generate_series(0, 999) v
                union all select unnest(array['object=public.t' || v, 'w=t' || v]) from generate_series(0, 499) v
                union all select 'project=p' || v from generate_series(0, 19) v
                union all select unnest(array['kind=revision-stamped', 'kind=stamped', 'kind=revision-applied',
                    'kind=applied', 'kind=schema-observed', 'kind=schema', 'label=tier', 'label=tier=prod',
                    'label=tier=test', 'actor=deploy', 'actor=ada', 'actor=ci', 'user=deploy', 'user=ada', 'user=ci',
                    'actor-kind=database-user', 'evidence=trigger', 'w=revision-stamped', 'w=revision-applied',
                    'w=schema-observed', 'w=by', 'w=deploy', 'w=ada', 'w=ci', 'w=alter', 'w=table', 'w=public', 'w=add',
                    'w=column'])
                union all select distinct 'w=c' || g %% 5000 from generate_series(b * %3$d, b * %3$d + %4$d) g
                union all select distinct kind || substr(md5((g / 10)::text), 1, 12)
                    from generate_series(b * %3$d, b * %3$d + %4$d) g, unnest(array['revision=', 'w=']) kind
                union all select 'w=zebra' where b = %5$d / %3$d) tokens
            """.formatted(ceiling(from, size), to / size, size, size - 1, events / 100);
    }

    /** The first block that begins at a position or after it. */
    private static long ceiling(long position, int size) {
        return (position + size - 1) / size;
    }
}
