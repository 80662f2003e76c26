package dev.migrationledger.ledger.audit.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.ledger.audit.export.AuditExport;
import dev.migrationledger.ledger.audit.export.ExportFormat;
import dev.migrationledger.ledger.audit.index.AuditFollower;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.platform.LedgerTest;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** First pages of common and rare filters, and exports, over very many events: {@code -Dbenchmark=audit}. The entries are made by SQL. */
@LedgerTest
@EnabledIfSystemProperty(named = "benchmark", matches = "audit")
class AuditBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int EVENTS = Integer.getInteger("benchmark.events", 1_000_000);
    private static final int ROUNDS = 20;
    private static final int STEP = 100_000;

    private static final List<String> QUERIES = List.of("", "kind:stamped", "environment:e7", "environment:e40 kind:stamped",
            "project:p3 kind:applied", "actor:ada label:tier=prod", "revision:" + "cfcd208495d5", "rev:cfcd2084*",
            "zebra", "\"alter table public t7 add\"", "kind:reverted", "since:1d", "at:2026-11-01..2026-11-02 actor:ada",
            "-kind:schema -actor:ci", "kind:stamped actor:deploy", "user:deploy -kind:applied");

    @Autowired
    AuditSearch search;

    @Autowired
    AuditIndex index;

    @Autowired
    AuditExport export;

    @Autowired
    JdbcTemplate jdbc;

    @Value("${spring.datasource.url}")
    String url;

    /** A minute between two events: a million are about two years. */
    private static String entries(int from, int to) {
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
                json_build_object('position', g, 'event', gen_random_uuid(), 'kind', kind, 'project', project,
                    'environment', environment, 'labels', json_build_object('tier', tier),
                    'actor', json_build_object('kind', 'database-user', 'name', actor,
                        'session', actor || ' via psql from 10.0.0.7'),
                    'text', 'Applied ' || revision || '.', 'revisions', json_build_array(revision),
                    'evidence', json_build_object('method', 'trigger', 'certainty', 'certain',
                        'statement', 'ALTER TABLE public.t' || g %% 500 || ' ADD COLUMN c' || g %% 5000 || ' integer',
                        'objects', json_build_array('altered table public.t' || g %% 500), 'moreObjects', 0),
                    'occurredAt', json_build_object('at', to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                        'precision', 'exact'),
                    'recordedAt', to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'links', json_build_array())::text
            from (
                select g, 'p' || g %% 20 as project, 'e' || g %% 1000 as environment,
                    timestamptz '2026-11-30 00:00:00+00' - (%d - g) * interval '1 minute' as at,
                    case when g %% 20 = 0 then 'revision-stamped' when g %% 4 = 1 then 'revision-applied'
                        else 'schema-observed' end as kind,
                    case when g %% 20 = 0 then 'stamped' when g %% 4 = 1 then 'applied' else 'schema' end as short,
                    case when g %% 2 = 0 then 'prod' else 'test' end as tier,
                    case when g %% 4 = 1 then 'deploy' when g %% 7 = 0 then 'ada' else 'ci' end as actor,
                    substr(md5((g / 10)::text), 1, 12) as revision
                from generate_series(%d, %d) g) made
            """.formatted(EVENTS / 100, EVENTS, from, to);
    }

    @Test
    void measure() throws Exception {
        load();
        OUT.printf("%-36s %9s %9s %11s %8s  %s%n", "query", "p50 ms", "p95 ms", "plain ms", "entries", "ended");
        QUERIES.forEach(this::measure);
        explain("environment:e40 kind:stamped");
        export();
    }

    private void load() throws SQLException {
        long start = System.nanoTime();
        jdbc.update("insert into ledger.audit_state (form, position) values (?, ?)"
                + " on conflict (only_row) do update set form = excluded.form, position = excluded.position",
                AuditFollower.FORM, EVENTS);
        // The ledger's own connections give up after 15 seconds.
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
                for (int from = 1; from <= EVENTS; from += STEP) {
                    int to = Math.min(EVENTS, from + STEP - 1);
                    statement.execute(entries(from, to));
                    statement.execute("""
                            insert into ledger.audit_block_token select distinct token, position / 1024 from (
                                select position, unnest(tokens) as token from ledger.audit_entry
                                where position between %1$d and %2$d
                                union all select position, 'pair=' || environment || ' ' || substr(tokens[2], 6)
                                from ledger.audit_entry where position between %1$d and %2$d
                                union all select position, 'w=' || regexp_split_to_table(ltrim(words), ' ')
                                from ledger.audit_entry where position between %1$d and %2$d) all_tokens
                            on conflict do nothing""".formatted(from, to));
                }
                statement.execute("""
                        insert into ledger.audit_block select position / 1024, min(occurred_from), max(occurred_to),
                        min(recorded_at), max(recorded_at) from ledger.audit_entry group by 1""");
                statement.execute("vacuum (analyze) ledger.audit_entry, ledger.audit_block, ledger.audit_block_token");
        }
        OUT.printf(Locale.ROOT, "loaded %,d entries in %.0f s%n", EVENTS, (System.nanoTime() - start) / 1e9);
        OUT.println(jdbc.queryForMap("""
                select pg_size_pretty(pg_total_relation_size('ledger.audit_entry')) entries,
                pg_size_pretty(pg_total_relation_size('ledger.audit_block_token')) tokens,
                (select count(*) from ledger.audit_block) blocks"""));
    }

    private void measure(String query) {
        double[] times = new double[ROUNDS];
        AuditPage page = search.page(question(query), null, 100);
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            page = search.page(question(query), null, 100);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        OUT.printf(Locale.ROOT, "%-36s %9.1f %9.1f %11.1f %8d  %s%n", query.isEmpty() ? "(everything)" : query,
                times[ROUNDS / 2], times[ROUNDS * 95 / 100], plain(query), page.entries().size(), page.ended());
    }

    /** The same rows without blocks, newest first, without a count; -1: it was given up after 14 seconds. */
    private double plain(String query) {
        QueryCompiler.Compiled compiled = QueryCompiler.compile(question(query), index::isSelective);
        long start = System.nanoTime();
        try {
            JdbcClient.create(jdbc).sql("select position, facts from ledger.audit_entry e where true"
                    + compiled.rows().sql() + " order by position desc limit 101")
                    .params(compiled.rows().parameters()).query().listOfRows();
        } catch (DataAccessException timeout) {
            return -1;
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private void explain(String query) {
        QueryCompiler.Compiled compiled = QueryCompiler.compile(question(query), index::isSelective);
        OUT.println("blocks of " + query + ":");
        JdbcClient.create(jdbc).sql("explain (analyze, costs off, timing off) select b.block from ledger.audit_block b where b.block <= :top"
                + compiled.blocks().sql() + " order by b.block desc limit 2000").param("top", 1_000_000L)
                .params(compiled.blocks().parameters()).query(String.class).list().forEach(OUT::println);
        OUT.println("entries of " + query + ":");
        JdbcClient.create(jdbc).sql("explain (analyze, costs off, timing off) "
                + AuditSearch.STATEMENT.formatted(compiled.rows().sql()))
                .params(Map.of("blocks", new Long[]{1L, 2L, 3L}, "end", (long) EVENTS, "limit", 101))
                .params(compiled.rows().parameters()).query(String.class).list().forEach(OUT::println);
    }

    private void export() throws Exception {
        for (int round = 0; round < 2; round++) {
            long start = System.nanoTime();
            long copied;
            try (Connection connection = DriverManager.getConnection(url)) {
                copied = connection.unwrap(PGConnection.class).getCopyAPI()
                        .copyOut("copy (select position, facts from ledger.audit_entry order by position) to stdout",
                                OutputStream.nullOutputStream());
            }
            assertThat(copied).isEqualTo(EVENTS);
            double copy = (System.nanoTime() - start) / 1e9;
            for (ExportFormat format : List.of(ExportFormat.JSON, ExportFormat.CSV)) {
                long began = System.nanoTime();
                export.write(question(""), format, OutputStream.nullOutputStream());
                double seconds = (System.nanoTime() - began) / 1e9;
                OUT.printf(Locale.ROOT, "export %s: %.1f s, COPY of the same rows: %.1f s, ratio %.2f%n", format, seconds,
                        copy, seconds / copy);
            }
        }
    }

    private static AuditQuestion question(String query) {
        return new AuditQuestion(AuditKeys.LANGUAGE.parse(query).query(), ZoneOffset.UTC,
                Instant.parse("2026-11-30T00:00:00Z"), new SearchScope(ProjectScope.ALL, true));
    }
}
