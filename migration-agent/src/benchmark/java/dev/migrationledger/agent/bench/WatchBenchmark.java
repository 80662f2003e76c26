package dev.migrationledger.agent.bench;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an agent costs that watches at its default interval: resident memory and processor time of the real jar beside a
 * database of 300 tables, with and without capture, started by its launcher and by {@code java -jar}, and of a JVM that only sleeps, in
 * the same minutes. Needs Linux's /proc.
 */
public final class WatchBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration MEASURED = Duration.ofMinutes(2);

    private WatchBenchmark() {}

    /** The agent's jar. */
    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        String database = database();
        String captured = database();
        if (Main.commandLine().execute("capture", "install", "--database", url(captured)) != 0) {
            throw new IllegalStateException("capture could not be installed");
        }
        List<Watched> watched = new ArrayList<>();
        try (TestLedger ledger = new TestLedger()) {
            watched.add(Watched.start("a JVM that sleeps", List.of(
                    java(), "-cp", System.getProperty("java.class.path"), Sleeper.class.getName())));
            Path launcher = jar.resolveSibling("../bin/migration-agent");
            for (int scripts : List.of(5, 500)) {
                Path folder = scripts(scripts);
                watched.add(watch("watch, %d scripts".formatted(scripts), List.of(launcher.toString()), folder, ledger,
                        database));
                watched.add(watch("with capture, %d scripts".formatted(scripts), List.of(launcher.toString()), folder,
                        ledger, captured));
                watched.add(watch("java -jar, %d scripts".formatted(scripts),
                        List.of(java(), "-jar", jar.toString()), folder, ledger, database));
            }
            Thread.sleep(WARM_UP);
            List<Long> before = watched.stream().map(Watched::cpuMillis).toList();
            Thread.sleep(MEASURED);
            System.out.printf("%-24s %12s %12s %14s%n", "", "resident MB", "peak MB", "% of one core");
            for (int i = 0; i < watched.size(); i++) {
                Watched process = watched.get(i);
                System.out.printf("%-24s %12.0f %12.0f %14.2f%n", process.name(), process.megabytes("VmRSS"),
                        process.megabytes("VmHWM"), 100.0 * (process.cpuMillis() - before.get(i)) / MEASURED.toMillis());
            }
        } finally {
            watched.forEach(process -> process.process().destroy());
        }
        System.exit(0);
    }

    private static String database() {
        String database = TestServer.newDatabase();
        TestServer.run(database, IntStream.range(0, 300)
                .mapToObj(i -> "CREATE TABLE t" + i + " (id bigint PRIMARY KEY, name text, at timestamptz DEFAULT now())")
                .toArray(String[]::new));
        TestServer.run(database, "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('r1')");
        return database;
    }

    private static String url(String database) {
        return "postgresql://postgres@127.0.0.1:%d/%s".formatted(TestServer.port(), database);
    }

    private static Watched watch(
            String name, List<String> agent, Path scripts, TestLedger ledger, String database) throws IOException {
        List<String> command = new ArrayList<>(agent);
        command.addAll(List.of("watch",
                "--ledger", ledger.url(),
                "--project", "navbot",
                "--environment", name.replaceAll("\\W+", "-"),
                "--scripts", scripts.toString(),
                "--database", url(database),
                "--spool", Files.createTempDirectory("spool").toString()));
        return Watched.start(name, command);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path scripts(int count) throws IOException {
        Path folder = Files.createTempDirectory("scripts");
        for (int i = 1; i <= count; i++) {
            Files.writeString(folder.resolve("r%d.py".formatted(i)), """
                    \"""revision %1$d\"""
                    import sqlalchemy as sa
                    from alembic import op

                    revision = "r%1$d"
                    down_revision = %2$s


                    def upgrade():
                        op.create_table("n%1$d", sa.Column("id", sa.Integer(), primary_key=True),
                                        sa.Column("name", sa.String(50), nullable=False))
                        op.create_index("ix_n%1$d_name", "n%1$d", ["name"])
                        op.execute("UPDATE n%1$d SET name = lower(name) WHERE id IN (SELECT id FROM n%1$d)")


                    def downgrade():
                        op.drop_table("n%1$d")
                    """.formatted(i, i == 1 ? "None" : "\"r" + (i - 1) + "\""));
        }
        return folder;
    }

    /** What a JVM costs that has nothing to do. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread.sleep(Duration.ofDays(1));
        }
    }

    private record Watched(String name, Process process) {

        static Watched start(String name, List<String> command) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            return new Watched(name, builder.start());
        }

        /** Of the process, its threads that ended included; a tick of /proc is 10 ms. */
        long cpuMillis() {
            String stat = read("stat");
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return 10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
        }

        double megabytes(String what) {
            return read("status").lines()
                    .filter(line -> line.startsWith(what + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum() / 1024.0;
        }

        private String read(String file) {
            try {
                return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
            } catch (IOException e) {
                throw new IllegalStateException(name + " ended", e);
            }
        }
    }
}
