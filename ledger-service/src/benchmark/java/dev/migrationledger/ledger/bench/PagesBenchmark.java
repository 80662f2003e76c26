package dev.migrationledger.ledger.bench;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordDivergences;
import dev.migrationledger.ledger.environment.RecordEvents;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.time.Latencies;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/**
 * The overview of 10,000 environments, and the page of an environment with 100,000 events: {@code -Dbenchmark=pages}. Environments are copies, made
 * by SQL, of a few that were recorded; events are recorded. Beside each page is plain SQL that reads the rows that it is made from.
 */
@LedgerTest
@TestPropertySource(properties = "ledger.automations=false")
@EnabledIfSystemProperty(named = "benchmark", matches = "pages")
class PagesBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int ENVIRONMENTS = Integer.getInteger("benchmark.environments", 10_000);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 40);
    private static final String PARTS = System.getProperty("benchmark.parts", "environment overview");
    private static final int WARM_UP = ROUNDS / 3;
    private static final int REVISIONS = 60;
    private static final int OLDER = 7;
    private static final int BATCH = 1_000;
    private static final int CHANGES_OF_FINDINGS = 10;

    private static final List<String> COPIES = List.of("""
            insert into ledger.environment_view (project, environment, digest, facts, scripts, list_item)
            select p.project, p.environment, encode(sha256((p.environment || t.digest)::bytea), 'hex'), t.facts, t.scripts,
                replace(t.list_item::text, '"environment":"' || t.environment || '"', '"environment":"' || p.environment || '"')::json
            from placed p join template.environment_view t on t.environment = p.template""", """
            insert into ledger.environment_scripts (project, environment, source, digest, revisions)
            select p.project, p.environment, t.source, t.digest, t.revisions
            from placed p join template.environment_scripts t on t.environment = p.template""", """
            insert into ledger.divergence_view (id, project, environment, code, severity, first_seen, divergence)
            select gen_random_uuid(), p.project, p.environment, t.code, t.severity, t.first_seen, t.divergence
            from placed p join template.divergence_view t on t.environment = p.template
            where t.resolved_at is null""", """
            insert into ledger.heartbeat (project, environment, agent, last_at)
            select project, environment, 'a1', case n % 500 when 7 then now() - interval '1 hour' else now() end from placed""");

    private static final String PLAIN = "select project, environment, stamped, kinds, heads, position, missing, observed, watchers"
            + " from ledger.environment_view where not retired";

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    JdbcTemplate jdbc;

    @Value("${spring.datasource.url}")
    String url;

    /** Copies have no events: nothing may be evaluated once they are there. */
    @Test
    void pages() throws Exception {
        if (PARTS.contains("environment")) {
            environment();
        }
        if (PARTS.contains("overview")) {
            overview();
        }
    }

    private void overview() throws Exception {
        templates();
        for (int projects : List.of(1, 10, 500)) {
            place(projects);
            OUT.printf(Locale.ROOT, "%n%,d environments in %d projects, %,d open findings%n", ENVIRONMENTS, projects,
                    jdbc.queryForObject("select count(*) from ledger.divergence_view", Long.class));
            Matcher group = Pattern.compile("href=\"(/\\?open=[^\"]*)\"").matcher(client.body("/"));
            String unfolded = group.find() ? group.group(1).replace("&amp;", "&") : "/?open=none%2Fnone";
            for (String path : List.of("/", "/?q=tenant-00042", "/?q=status:behind", "/?q=severity:error",
                    "/?q=label:tier%3Dprod+-agent:a2", unfolded)) {
                measure(path, _ -> path);
            }
            plain("plain SQL: all rows of the overview", PLAIN);
            plain("plain SQL: the same, grouped", "select project, stamped, kinds, heads, position, missing, count(*), min(environment)"
                    + " from ledger.environment_view where not retired group by 1, 2, 3, 4, 5, 6");
        }
    }

    private void environment() throws Exception {
        for (int events : List.of(30_000, 100_000)) {
            String name = "busy-" + events;
            record(name, events);
            String path = "/projects/navbot/environments/" + name;
            automations.round();
            OUT.printf(Locale.ROOT, "%n%,d events in one environment, %,d of them about findings%n", events,
                    jdbc.queryForObject("select count(*) from ledger.event where stream = ? and payload_type like 'ledger.divergence-%'",
                            Long.class, "navbot/" + name));
            measure("now", _ -> path);
            long start = System.nanoTime();
            client.body(path + "?at=" + Story.NOON.plusSeconds(30L * events));
            OUT.printf(Locale.ROOT, "%-60s %9.1f ms%n", "first look into the past", (System.nanoTime() - start) / 1e6);
            Random random = new Random(1);
            measure("?at=, any moment", _ -> path + "?at=" + Story.NOON.plusSeconds(random.nextInt(60 * events / 2)));
            Instant recorded = Objects.requireNonNull(jdbc.queryForObject("select min(time_stamp) from ledger.event where stream = ?",
                    (row, _) -> Instant.parse(row.getString(1)), "navbot/" + name));
            long seconds = Instant.now().getEpochSecond() - recorded.getEpochSecond();
            measure("?knownAt=, any moment", _ -> path + "?knownAt=" + recorded.plusSeconds(random.nextLong(seconds)));
            long last = Objects.requireNonNull(jdbc.queryForObject("select max(global_index) from ledger.event where stream = ?",
                    Long.class, "navbot/" + name));
            measure("?before=, any page of the timeline", _ -> path + "?before=" + (last - random.nextInt(events)));
            plain("plain SQL: the last 40 events",
                    "select payload, metadata from ledger.event where stream = 'navbot/%s' order by sequence_number desc limit 40".formatted(name));
            plain("plain SQL: all events", "select payload, metadata from ledger.event where stream = 'navbot/%s'".formatted(name));
        }
    }

    private void templates() {
        String[] line = line(REVISIONS);
        String head = "r" + (REVISIONS - 1);
        String before = "r" + (REVISIONS - 2);
        template("head").scripts(line).applied(head).table(head).recordIn(commands);
        template("stamped").scripts(line).stamped(head).table(head).recordIn(commands);
        template("behind").scripts(line).applied(before).table(before).recordIn(commands);
        template("odd").scripts(line).table("zz").recordIn(commands);
        template("fork").scripts(String.join(" ", line), "side<" + before).applied(head).table(head).recordIn(commands);
        for (int i = 0; i < OLDER; i++) {
            String old = "r" + (REVISIONS - 3 - i);
            template("old-" + i).scripts(line(REVISIONS - 2 - i)).applied(old).table(old).recordIn(commands);
        }
        automations.round();
        jdbc.execute("create schema template");
        for (String table : List.of("environment_view", "environment_scripts", "divergence_view")) {
            jdbc.execute("create table template.%1$s as select * from ledger.%1$s where project = 'template'".formatted(table));
            jdbc.update("delete from ledger.%s where project = 'template'".formatted(table));
        }
    }

    private static Story template(String name) {
        return new Story("template", name).says(new AgentStarted("0.9.1", "alembic", "watch", Map.of("tier", "prod", "region", "eu")));
    }

    private static String[] line(int length) {
        return IntStream.range(0, length).mapToObj(i -> i == 0 ? "r0" : "r%d<r%d".formatted(i, i - 1)).toArray(String[]::new);
    }

    /** About one environment in 90 has an error or a warning; one in 10 is behind; one in 10 has older scripts; one in 500 is silent. */
    private void place(int projects) throws SQLException {
        // The ledger's own connections give up after 15 seconds.
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
            for (String table : List.of("environment_view", "environment_scripts", "divergence_view", "heartbeat")) {
                statement.execute("delete from ledger.%s where project like 'project-%%'".formatted(table));
            }
            statement.execute("drop table if exists placed");
            statement.execute("""
                    create temporary table placed as select n, 'project-' || lpad((n %% %1$d)::text, 3, '0') as project,
                        'tenant-' || lpad(n::text, 5, '0') as environment,
                        case when n %% 1000 = 500 then 'odd' when n %% 1000 = 501 then 'fork' when n %% 100 = 2 then 'stamped'
                            when n %% 10 = 3 then 'behind' when n %% 10 = 4 then 'old-' || n / 10 %% %2$d else 'head' end as template
                    from generate_series(0, %3$d - 1) as n""".formatted(projects, OLDER, ENVIRONMENTS));
            for (String copy : COPIES) {
                statement.execute(copy);
            }
            statement.execute("vacuum (analyze) ledger.environment_view, ledger.divergence_view, ledger.heartbeat");
        }
    }

    private void record(String name, int events) {
        Story story = new Story(name).says(new AgentStarted("0.9.1", "alembic", "watch", Map.of())).scripts("a b<a");
        for (int i = 0; i < events / 2 - 1; i++) {
            story.at(i);
            (i % 2 == 0 ? story.applied("b") : story.reverted("b")).table(i % 2 == 0 ? "b" : "a");
        }
        int recorded = 0;
        for (RecordEvents batch : story.batches(BATCH)) {
            commands.record(batch);
            recorded += BATCH;
            for (int i = 0; i < CHANGES_OF_FINDINGS; i++) {
                Instant at = Story.NOON.plusSeconds(30L * recorded + i);
                commands.recordDivergences(new RecordDivergences("navbot", name, i % 2 == 1 ? List.of() : List.of(
                        new Finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, "", "The schema matches no point in the history.",
                                List.of(), List.of())),
                        Set.of(DivergenceCode.SCHEMA_HOLE), Set.of(), at, null, at, recorded + i));
            }
        }
    }

    private void measure(String what, IntFunction<String> path) throws Exception {
        Latencies latencies = new Latencies();
        long bytes = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long start = System.nanoTime();
            String body = client.body(path.apply(i));
            if (i >= 0) {
                latencies.add(System.nanoTime() - start);
                bytes += body.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        say(what, latencies, bytes / ROUNDS);
    }

    private void plain(String what, String sql) {
        Latencies latencies = new Latencies();
        long[] bytes = {0};
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            jdbc.query(sql, row -> {
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    byte[] value = row.getBytes(column);
                    bytes[0] += value == null ? 0 : value.length;
                }
            });
            latencies.add(System.nanoTime() - start);
        }
        say(what, latencies, bytes[0] / ROUNDS);
    }

    private static void say(String what, Latencies latencies, long bytes) {
        OUT.printf(Locale.ROOT, "%-60s median %8.1f ms, 95%% %8.1f ms, %,12d bytes%n", what, latencies.median(), latencies.millis(0.95), bytes);
    }
}
