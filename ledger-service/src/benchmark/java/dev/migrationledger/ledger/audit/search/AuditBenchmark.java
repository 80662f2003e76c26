package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.audit.export.AuditExport;
import dev.migrationledger.ledger.audit.export.ExportFormat;
import dev.migrationledger.ledger.audit.index.IndexedEntry;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.platform.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postgresql.PGConnection;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** First pages of common and rare filters, and exports, over very many events. */
final class AuditBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int ROUNDS = 20;
    private static final int ENTRIES = 100;

    private static final List<String> QUERIES = List.of("", "kind:stamped", "environment:e7",
            "environment:e40 kind:stamped", "project:p3 kind:applied", "actor:ada label:tier=prod",
            "revision:cfcd208495d5", "rev:cfcd2084*", "zebra", "\"alter table public t7 add\"", "kind:reverted",
            "since:1d", "at:2026-11-01..2026-11-02 actor:ada", "-kind:schema -actor:ci", "kind:stamped actor:deploy",
            "user:deploy -kind:applied");

    private static final String COPY_ENTRIES = "copy (select position, facts from ledger.audit_entry order by position) to stdout";

    private final ConfigurableApplicationContext ledger;
    private final String url;
    private final AuditSearch search;
    private final AuditIndex index;
    private final AuditExport export;
    private final JdbcClient database;

    private AuditBenchmark(ConfigurableApplicationContext ledger, String url) {
        this.ledger = ledger;
        this.url = url;
        search = ledger.getBean(AuditSearch.class);
        index = ledger.getBean(AuditIndex.class);
        export = ledger.getBean(AuditExport.class);
        database = ledger.getBean(JdbcClient.class);
    }

    /** Of so many events the evidence log has the event and a proof. */
    private static final long PROVED = 200_000;

    /** Fills a database, prints the figures and drops the database. The variable BENCHMARK_EVENTS says how many events; without it, a million. */
    public static void main(String[] args) throws Exception {
        long events = Long.parseLong(System.getenv().getOrDefault("BENCHMARK_EVENTS", "1000000"));
        long proved = Math.min(events, PROVED);
        String url = TestDatabase.create();
        String[] settings = {
            "--spring.datasource.url=" + url, "--server.port=0", "--ledger.automations=false",
            "--logging.level.root=warn"};
        try (ConfigurableApplicationContext ledger = SpringApplication.run(LedgerService.class, settings)) {
            new FilledAudit(url, events).load();
            AuditBenchmark benchmark = new AuditBenchmark(ledger, url);
            benchmark.sizes();
            benchmark.pages();
            benchmark.exports(events);
            new ProvedEvents(ledger, url, proved).load();
            benchmark.proved(proved);
        } finally {
            TestDatabase.drop(url);
        }
        System.exit(0);
    }

    private void sizes() {
        OUT.println(database.sql("""
                select pg_size_pretty(pg_total_relation_size('ledger.audit_entry')) entries,
                pg_size_pretty(pg_total_relation_size('ledger.audit_block_token')) tokens,
                (select avg(length(facts)) from ledger.audit_entry where position <= 1000)::int facts,
                (select count(*) from ledger.audit_block) blocks""").query().singleRow());
        load();
    }

    /** Of the machine: other programs make every figure worse. */
    private static void load() {
        OUT.printf(Locale.ROOT, "load %.1f%n", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private void pages() {
        OUT.printf("%-36s %9s %9s %9s %11s %8s  %-13s %s%n", "query", "p50 ms", "p95 ms", "max ms", "plain ms", "entries",
                "ended", "plans");
        for (int i = 0; i < 3; i++) {
            QUERIES.forEach(query -> search.page(question(query), null, ENTRIES));
        }
        QUERIES.forEach(this::page);
        load();
    }

    private void page(String query) {
        double[] times = new double[ROUNDS];
        AuditPage page = null;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            page = search.page(question(query), null, ENTRIES);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        OUT.printf(Locale.ROOT, "%-36s %9.1f %9.1f %9.1f %11.1f %8d  %-13s %s%n",
                query.isEmpty() ? "(everything)" : query, times[ROUNDS / 2], times[ROUNDS * 95 / 100],
                times[ROUNDS - 1], plain(query), page == null ? 0 : page.entries().size(),
                page == null ? "" : page.ended(), plans(query));
    }

    /** The same rows without blocks, newest first, without a count; -1: it was given up after 14 seconds. */
    private double plain(String query) {
        QueryCompiler.Compiled compiled = QueryCompiler.compile(question(query), index::isSelective);
        long start = System.nanoTime();
        try {
            database.sql("select position, facts from ledger.audit_entry e where true"
                    + compiled.rows().sql() + " order by position desc limit 101")
                    .params(compiled.rows().parameters()).query().listOfRows();
        } catch (DataAccessException timeout) {
            return -1;
        }
        return (System.nanoTime() - start) / 1e6;
    }

    /** What the plans of both statements read: the blocks of the first window, and entries. */
    private String plans(String query) {
        long newest = index.through().position() / IndexedEntry.BLOCK;
        QueryCompiler.Compiled compiled = QueryCompiler.compile(question(query), index::isSelective);
        List<String> blocks = database.sql("explain (analyze, costs off, timing off) "
                + AuditSearch.BLOCKS.formatted(compiled.blocks().sql())).param("bottom", newest - AuditSearch.FIRST_WINDOW)
                .param("top", newest)
                .params(compiled.blocks().parameters()).query((row, _) -> row.getString(1)).list();
        List<String> entries = database.sql("explain (analyze, costs off, timing off) "
                + AuditSearch.ENTRIES.formatted(compiled.rows().sql()))
                .params(Map.of("blocks", new Long[]{1L, 2L, 3L}, "end", 1_000_000L, "limit", 101))
                .params(compiled.rows().parameters()).query((row, _) -> row.getString(1)).list();
        if (query.equals("environment:e40 kind:stamped")) {
            blocks.forEach(OUT::println);
            entries.forEach(OUT::println);
        }
        return reads(blocks) + "; " + reads(entries);
    }

    private static String reads(List<String> plan) {
        return String.join(", ", plan.stream().filter(line -> line.contains("Scan") && line.contains("audit_"))
                .map(line -> line.strip().replaceFirst("^-> *", "").replaceFirst(" \\(actual.*", "")).distinct()
                .toList());
    }

    private void exports(long events) throws Exception {
        for (int round = 0; round < 2; round++) {
            double copy = copy(COPY_ENTRIES);
            OUT.printf(Locale.ROOT, "COPY: %.2f s, %.0f entries/s%n", copy, events / copy);
            for (ExportFormat format : List.of(ExportFormat.JSON, ExportFormat.CSV)) {
                report(format.toString(), write(question(""), format), copy, events);
                report(format + " over HTTP", download(format, ""), copy, events);
            }
            report("COPY again", copy(COPY_ENTRIES), copy, events);
            load();
        }
    }

    private void proved(long events) throws Exception {
        String rows = """
                copy (select entry.position, entry.facts, event.*, leaf.leaf, leaf.hash from ledger.audit_entry entry
                join ledger.event on event.global_index = entry.position join ledger.log_leaf leaf on leaf.event = entry.position
                where entry.position <= %d order by entry.position) to stdout""".formatted(events);
        String query = "position:1.." + events;
        for (int round = 0; round < 2; round++) {
            double copy = copy(rows);
            OUT.printf(Locale.ROOT, "COPY with events and leaves: %.2f s, %.0f/s%n", copy, events / copy);
            report("NDJSON", write(question(query), ExportFormat.NDJSON), copy, events);
            report("NDJSON over HTTP", download(ExportFormat.NDJSON, query), copy, events);
            report("COPY again", copy(rows), copy, events);
            load();
        }
    }

    private static void report(String what, double seconds, double copy, long events) {
        OUT.printf(Locale.ROOT, "%s: %.2f s, %.0f entries/s, %.2f times COPY%n", what, seconds, events / seconds,
                seconds / copy);
    }

    private double copy(String statement) throws SQLException, IOException {
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement, OutputStream.nullOutputStream());
        }
        return seconds(start);
    }

    private double write(AuditQuestion question, ExportFormat format) throws IOException {
        long start = System.nanoTime();
        export.write(question, format, OutputStream.nullOutputStream());
        return seconds(start);
    }

    private double download(ExportFormat format, String query) throws IOException {
        long start = System.nanoTime();
        URI address = URI.create("http://127.0.0.1:%s/api/v1/audit/export?format=%s&q=%s".formatted(
                ledger.getEnvironment().getRequiredProperty("local.server.port"), format.word(), query));
        try (InputStream body = address.toURL().openStream()) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        return seconds(start);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static AuditQuestion question(String query) {
        return new AuditQuestion(AuditKeys.LANGUAGE.parse(query).query(), ZoneOffset.UTC,
                Instant.parse("2026-11-30T00:00:00Z"), new SearchScope(ProjectScope.ALL, true));
    }
}
