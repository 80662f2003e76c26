package dev.migrationledger.agent.bench;

import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.opentest4j.TestAbortedException;

/**
 * Whether a database notices that it is watched: the same load without and with a watching agent, in turns, and at no moment
 * a session that waits for a lock of the agent's; and what the capture trigger adds to each change of a version row. Ends with exit code 1
 * if somebody did wait.
 */
public final class HarmlessBenchmark {

    private static final int PAIRS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(15);
    private static final Duration CONTROL = Duration.ofSeconds(2);

    private HarmlessBenchmark() {}

    /** The agent's jar, and then the versions of PostgreSQL: without any, 18 and 15. */
    public static void main(String[] arguments) throws Exception {
        System.out.printf("JDK %s, %d cores, load before %.1f%n", Runtime.version(),
                Runtime.getRuntime().availableProcessors(), load());
        List<String> versions = arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : List.of("18", "15");
        boolean harmless = true;
        for (String version : versions) {
            try {
                TestServers server = TestServers.version(Integer.parseInt(version));
                harmless &= watched(Path.of(arguments[0]), server, false);
                harmless &= watched(Path.of(arguments[0]), server, true);
                for (int tables : List.of(10, 10_000)) {
                    TriggerCost.print(server, tables);
                }
            } catch (TestAbortedException absent) {
                System.out.println(absent.getMessage());
            }
        }
        System.exit(harmless ? 0 : 1);
    }

    private static boolean watched(Path jar, TestServers server, boolean altering) throws Exception {
        String database = server.newDatabase();
        Load.create(server, database);
        installCapture(server, database);
        System.out.printf("%nPostgreSQL %s, fsync %s, synchronous_commit %s; %d sessions on %d tables of %,d rows, %d other tables; %s%n",
                setting(server, database, "server_version"), setting(server, database, "fsync"),
                setting(server, database, "synchronous_commit"), Load.SESSIONS, Load.BUSY_TABLES, Load.ROWS, Load.OTHER_TABLES,
                altering ? "ALTER TABLE all the time" : "migrations only");
        List<Phase> without = new ArrayList<>();
        List<Phase> with = new ArrayList<>();
        LockSamples control;
        Path scripts = scripts();
        Path spool = Files.createTempDirectory("spool");
        Duration used = Duration.ZERO;
        try (TestLedger ledger = new TestLedger(); Load load = Load.on(server, database, altering)) {
            for (int i = 0; i < PAIRS; i++) {
                load.measure(PAUSE);
                without.add(load.measure(MEASURED));
                Process agent = agent(jar, server, database, ledger, scripts, spool);
                try {
                    load.measure(WARM_UP);
                    Duration before = used(agent.toHandle(), server, database);
                    with.add(load.measure(MEASURED));
                    used = used.plus(used(agent.toHandle(), server, database)).minus(before);
                } finally {
                    agent.destroy();
                    agent.waitFor();
                }
            }
            control = control(server, database, load);
            System.out.printf("the agent told %d events; load of the machine now %.1f%n", ledger.events().size(), load());
        }
        System.out.printf("processor time of the agent and its sessions while measured: %.1f%% of one core%n",
                100.0 * used.toMillis() / (PAIRS * MEASURED.toMillis()));
        print(without, with, altering);
        return holds(with, control);
    }

    /** Of the agent's process, and of the server's for it. */
    private static Duration used(ProcessHandle agent, TestServers server, String database) throws SQLException {
        Duration used = agent.info().totalCpuDuration().orElse(Duration.ZERO);
        try (Connection connection = server.owner(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pid FROM pg_stat_activity WHERE application_name = 'migration-agent'")) {
            while (row.next()) {
                used = used.plus(ProcessHandle.of(row.getLong(1))
                        .flatMap(process -> process.info().totalCpuDuration()).orElse(Duration.ZERO));
            }
        }
        return used;
    }

    /** A session by the agent's name that does what the agent never does: a migration must be seen to wait for it. */
    private static LockSamples control(TestServers server, String database, Load load) throws Exception {
        Thread victim;
        LockSamples seen;
        try (Connection culprit = server.owner(database); Statement statement = culprit.createStatement()) {
            statement.execute("SET application_name = 'migration-agent'");
            culprit.setAutoCommit(false);
            statement.execute("LOCK TABLE other450 IN ACCESS SHARE MODE");
            victim = Thread.ofVirtual().start(() -> server.run(database, "ALTER TABLE other450 ADD COLUMN waited int"));
            seen = load.measure(CONTROL).locks();
        }
        victim.join();
        return seen;
    }

    private static boolean holds(List<Phase> with, LockSamples control) {
        int behind = with.stream().mapToInt(phase -> phase.locks().behindAgent()).sum();
        int agentLocks = with.stream().mapToInt(phase -> phase.locks().agentHeld()).sum();
        TreeSet<String> held = new TreeSet<>();
        with.forEach(phase -> held.addAll(phase.locks().held()));
        System.out.printf("samples in which anybody waited for the agent: %d; in which it held locks: %d%n  %s%n", behind, agentLocks,
                String.join("\n  ", held));
        System.out.printf("control, a table held by the agent's name: noticed in %d of %d samples%n", control.behindAgent(),
                control.samples());
        if (control.behindAgent() == 0) {
            System.out.println("The sampler did not notice the control: its zero above says nothing.");
        }
        return behind == 0 && control.behindAgent() > 0;
    }

    private static void print(List<Phase> without, List<Phase> with, boolean altering) {
        System.out.printf("%-44s %28s %28s %8s%n", "medians of " + PAIRS + " phases each (least … most)", "without", "with", "ratio");
        row("transactions per second", without, with, phase -> phase.transactions().count() / (double) MEASURED.toSeconds());
        row("transaction, median, ms", without, with, phase -> phase.transactions().millis(0.5));
        row("transaction, 99%, ms", without, with, phase -> phase.transactions().millis(0.99));
        if (altering) {
        row("ALTER TABLE, number", without, with, phase -> phase.alters().count());
        row("ALTER TABLE, median, ms", without, with, phase -> phase.alters().millis(0.5));
        row("ALTER TABLE, 99%, ms", without, with, phase -> phase.alters().millis(0.99));
        row("ALTER TABLE, longest, ms", without, with, phase -> phase.alters().millis(1));
        }
        row("migration or stamp, median, ms", without, with, phase -> phase.versions().millis(0.5));
        row("lock samples", without, with, phase -> phase.locks().samples());
        row("… in which anybody waited for a lock", without, with, phase -> phase.locks().someoneWaited());
        row("… in which the agent waited for one", without, with, phase -> phase.locks().agentWaited());
        row("… in which anybody waited for the agent", without, with, phase -> phase.locks().behindAgent());
    }

    private static void row(String name, List<Phase> without, List<Phase> with, ToDoubleFunction<Phase> figure) {
        double[] one = without.stream().mapToDouble(figure).sorted().toArray();
        double[] other = with.stream().mapToDouble(figure).sorted().toArray();
        System.out.printf("%-44s %28s %28s %8s%n", name, spread(one), spread(other),
                one[one.length / 2] == 0 ? "" : "%.2f".formatted(other[other.length / 2] / one[one.length / 2]));
    }

    private static String spread(double[] sorted) {
        return "%,.2f (%,.2f … %,.2f)".formatted(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    /** With event triggers, because the server's owner installs it. */
    static void installCapture(TestServers server, String database) throws Exception {
        String url = "postgresql://postgres@127.0.0.1:%d/%s".formatted(server.port(), database);
        Databases.parse(url, "--database", Map.of())
                .capture(new VersionTableName(null, MigrationTools.usualVersionTable())).install(List.of("watcher"), null, null);
    }

    private static Process agent(
            Path jar, TestServers server, String database, TestLedger ledger, Path scripts, Path spool) throws IOException {
        Path log = Files.createTempFile("agent", ".log");
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString(), "watch",
                "--ledger", ledger.url(),
                "--project", "navbot",
                "--environment", "harmless",
                "--scripts", scripts.toString(),
                "--database", server.url(database),
                "--spool", spool.toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private static Path scripts() throws IOException {
        Path folder = Files.createTempDirectory("scripts");
        for (int i : List.of(1, 2)) {
            Files.writeString(folder.resolve("r%d.py".formatted(i)), """
                    import sqlalchemy as sa
                    from alembic import op

                    revision = "r%d"
                    down_revision = %s


                    def upgrade():
                        %s
                    """.formatted(i, i == 1 ? "None" : "\"r1\"",
                            i == 1 ? "pass" : "op.add_column(\"other400\", sa.Column(\"added\", sa.Integer()))"));
        }
        return folder;
    }

    private static String setting(TestServers server, String database, String name) throws Exception {
        try (Connection connection = server.owner(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
