package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Upgrades, downgrades, stamps and work by hand in a random order, several of them between two polls: what an agent that only polls calls
 * certain has to be true. {@code -Dmixed.steps=N} takes that many.
 */
class MixedStepsTest {

    private static final int STEPS = Integer.getInteger("mixed.steps", 12 * Integer.getInteger("sweeps", 100));

    /** Steps with one history and one database. */
    private static final int STEPS_OF_A_HISTORY = 100;

    @TempDir
    Path folder;

    private final Map<String, Integer> counts = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void nothing_that_is_called_certain_is_wrong() throws Exception {
        for (int seed = 0; seed * STEPS_OF_A_HISTORY < STEPS; seed++) {
            try (World world = new World(seed)) {
                for (int steps = 0; steps < STEPS_OF_A_HISTORY;) {
                    steps += world.live();
                    world.poll();
                }
            }
        }
        System.out.println(counts.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList());
        assertThat(wrong).isEmpty();
        assertThat(counts.get("applied, certain")).as("steps that are told with certainty").isGreaterThan(STEPS / 100);
    }

    /** @param up statements, and {@code down} what takes them back */
    private record Script(String id, String parent, List<String> up, List<String> down) {}

    private final class World implements AutoCloseable {
        private final Random random;
        private final List<Script> scripts = new ArrayList<>();
        private final TestServers server = TestServers.version(18);
        private final String database = server.newDatabase();
        private final Connection session = server.as("postgres", database);
        private final WatchingAgent agent;
        private final List<String> happened = new ArrayList<>();

        /** What each revision was last seen to do since the poll before. */
        private final Map<String, Boolean> ran = new HashMap<>();
        private boolean byHand;

        World(int seed) throws Exception {
            random = new Random(seed);
            happened.add("seed " + seed);
            for (int i = 1; i <= 12; i++) {
                scripts.add(script(i));
            }
            Path project = Files.createDirectories(folder.resolve("project" + seed));
            Files.createDirectories(project.resolve("migrations/versions"));
            Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
            for (Script script : scripts) {
                Files.writeString(project.resolve("migrations/versions/" + script.id + ".py"), text(script));
            }
            run("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
                    "GRANT SELECT ON alembic_version TO watcher");
            agent = WatchingAgent.ofProject(server.url(database), project, "looking");
            agent.events();
        }

        private Script script(int number) {
            String id = "r" + number;
            String earlier = "t" + (1 + random.nextInt(number));
            String column = "c" + number;
            String parent = number == 1 ? "" : "r" + (number - 1);
            return switch (number == 1 ? 0 : random.nextInt(8)) {
                case 0, 1 ->
                    new Script(id, parent, List.of("CREATE TABLE t%d (id integer, n integer)".formatted(number)),
                            List.of("DROP TABLE t" + number));
                case 2 -> new Script(id, parent, List.of("ALTER TABLE t1 ADD COLUMN %s integer".formatted(column)),
                        List.of("ALTER TABLE t1 DROP COLUMN " + column));
                case 3 -> new Script(id, parent, List.of("CREATE INDEX i%d ON t1 (id)".formatted(number)),
                        List.of("DROP INDEX i" + number));
                case 4 -> new Script(id, parent, List.of("ALTER TABLE t1 ALTER COLUMN n TYPE bigint"),
                        List.of("ALTER TABLE t1 ALTER COLUMN n TYPE integer"));
                case 5 -> new Script(id, parent, List.of("INSERT INTO t1 VALUES (%d)".formatted(number)),
                        List.of("DELETE FROM t1 WHERE id = " + number));
                case 6 -> new Script(id, parent,
                        List.of("CREATE TABLE t%d (id integer)".formatted(number),
                                "ALTER TABLE t1 ADD COLUMN %s text".formatted(column)),
                        List.of("ALTER TABLE t1 DROP COLUMN " + column, "DROP TABLE t" + number));
                // Takes away what an earlier one made, if it did.
                default ->
                    new Script(id, parent, List.of("DROP TABLE IF EXISTS " + (earlier.equals("t1") ? "tx" : earlier)),
                            List.of("CREATE TABLE IF NOT EXISTS %s (id integer)".formatted(earlier)));
            };
        }

        private static String text(Script script) {
            return "revision = '%s'\ndown_revision = %s\nfrom alembic import op\n\n\ndef upgrade():\n%s\n\ndef downgrade():\n%s"
                    .formatted(script.id, script.parent.isEmpty() ? "None" : "'" + script.parent + "'",
                            body(script.up), body(script.down));
        }

        private static String body(List<String> statements) {
            return statements.stream().map(sql -> "    op.execute('" + sql + "')\n").collect(Collectors.joining());
        }

        /** Some steps; says how many. */
        int live() {
            int steps = 1 + random.nextInt(random.nextBoolean() ? 1 : 4);
            for (int i = 0; i < steps; i++) {
                try {
                    step();
                } catch (SQLException e) {
                    happened.add("failed");
                    runQuietly("ROLLBACK");
                }
            }
            return steps;
        }

        private void step() throws SQLException {
            int at = at();
            int kind = random.nextInt(20);
            if (kind < 7) {
                upgrade(at, Math.min(scripts.size(), at + 1 + random.nextInt(3)));
            } else if (kind < 11) {
                downgrade(at, Math.max(0, at - 1 - random.nextInt(3)));
            } else if (kind < 14) {
                stamp(random.nextInt(scripts.size() + 1));
            } else if (kind < 16) {
                String other = "r" + (1 + random.nextInt(scripts.size()));
                hand(random.nextBoolean()
                        ? "UPDATE alembic_version SET version_num = '" + other + "'"
                        : random.nextBoolean()
                                ? "INSERT INTO alembic_version VALUES ('" + other + "') ON CONFLICT DO NOTHING"
                                : "DELETE FROM alembic_version");
                byHand = true;
            } else if (kind < 18) {
                Script other = scripts.get(random.nextInt(scripts.size()));
                for (String sql : random.nextBoolean() ? other.up : other.down) {
                    hand(sql);
                }
            } else {
                hand(random.nextBoolean()
                        ? "CREATE TABLE IF NOT EXISTS stray (id integer)"
                        : "DROP TABLE IF EXISTS stray");
            }
        }

        private void hand(String sql) throws SQLException {
            run(sql);
            happened.add("by hand: " + sql);
        }

        /** The number of the highest row, as the migration tool takes it. */
        private int at() throws SQLException {
            return rows().stream().mapToInt(row -> Integer.parseInt(row.substring(1))).max().orElse(0);
        }

        private List<String> rows() throws SQLException {
            try (Statement statement = session.createStatement();
                    var rows = statement.executeQuery("SELECT version_num FROM alembic_version")) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        }

        private void upgrade(int from, int to) throws SQLException {
            boolean each = random.nextInt(3) == 0;
            run("BEGIN");
            List<String> done = new ArrayList<>();
            for (int i = from; i < to; i++) {
                Script script = scripts.get(i);
                run(script.up.toArray(String[]::new));
                run(i == 0
                        ? "INSERT INTO alembic_version VALUES ('r1')"
                        : "UPDATE alembic_version SET version_num = '%s' WHERE version_num = '%s'"
                                .formatted(script.id, script.parent));
                done.add(script.id);
                if (each) {
                    run("COMMIT", "BEGIN");
                    ran(done, true);
                }
            }
            run("COMMIT");
            ran(done, true);
        }

        private void downgrade(int from, int to) throws SQLException {
            run("BEGIN");
            List<String> done = new ArrayList<>();
            for (int i = from; i > to; i--) {
                Script script = scripts.get(i - 1);
                run(script.down.toArray(String[]::new));
                run(i == 1
                        ? "DELETE FROM alembic_version WHERE version_num = 'r1'"
                        : "UPDATE alembic_version SET version_num = '%s' WHERE version_num = '%s'"
                                .formatted(script.parent, script.id));
                done.add(script.id);
            }
            run("COMMIT");
            ran(done, false);
        }

        private void ran(List<String> revisions, boolean up) {
            revisions.forEach(revision -> ran.put(revision, up));
            happened.add((up ? "upgraded " : "downgraded ") + revisions);
            revisions.clear();
        }

        private void stamp(int to) throws SQLException {
            run("BEGIN", "DELETE FROM alembic_version");
            if (to > 0) {
                run("INSERT INTO alembic_version VALUES ('r%d')".formatted(to));
            }
            run("COMMIT");
            happened.add("stamped r" + to);
        }

        void poll() throws ObservationException {
            for (AgentEvent event : agent.events()) {
                switch (event) {
                    case RevisionApplied it ->
                        judge("applied", it.evidence(), Boolean.TRUE.equals(ran.get(it.revision())), it);
                    case RevisionReverted it ->
                        judge("reverted", it.evidence(), Boolean.FALSE.equals(ran.get(it.revision())), it);
                    case RevisionStamped it -> judge("stamped", it.evidence(),
                            happened.stream().anyMatch(what -> what.startsWith("stamped")) || byHand, it);
                    case VersionTableEdited it -> judge("edited", it.evidence(), byHand, it);
                    default -> {
                        // No conclusion.
                    }
                }
            }
            happened.subList(1, happened.size()).clear();
            ran.clear();
            byHand = false;
        }

        private void judge(String what, Evidence evidence, boolean right, AgentEvent event) {
            String certainty = evidence.certainty().name().toLowerCase(java.util.Locale.ROOT);
            counts.merge(what + ", " + certainty, 1, Integer::sum);
            if (!right) {
                counts.merge(what + ", " + certainty + ", wrong", 1, Integer::sum);
                if (evidence.certainty() == Certainty.CERTAIN) {
                    wrong.add(happened + " told as " + event);
                }
            }
        }

        private void run(String... statements) throws SQLException {
            try (Statement statement = session.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }

        private void runQuietly(String sql) {
            try {
                run(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            session.close();
            agent.close();
        }
    }
}
