package dev.migrationledger.agent.bench;

import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code heads}, {@code gate} and {@code doctor}, started by the launcher, beside {@code alembic current}: whole processes in turns, over the
 * same scripts and a database at their head. Twenty revisions make one table. Needs Alembic and Linux's /proc.
 */
public final class StartupBenchmark {

    private static final int REVISIONS_PER_TABLE = 20;

    private static final String ENV = """
            from alembic import context
            from sqlalchemy import create_engine, pool

            url = context.config.get_main_option("sqlalchemy.url")
            with create_engine(url, poolclass=pool.NullPool).connect() as connection:
                context.configure(connection=connection)
                with context.begin_transaction():
                    context.run_migrations()
            """;

    private StartupBenchmark() {}

    /**
     * One run of a process.
     *
     * @param processor seconds that it and its children computed
     */
    private record Run(double wall, double processor) {}

    /** The agent's jar. */
    public static void main(String[] arguments) throws Exception {
        String launcher = Path.of(arguments[0]).toAbsolutePath().resolveSibling("../bin/migration-agent").normalize()
                .toString();
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("alembic current", List.of(System.getProperty("alembic", "alembic"), "current"));
        commands.put("heads", List.of(launcher, "heads"));
        commands.put("gate --start", List.of(launcher, "gate", "--start"));
        commands.put("doctor", List.of(launcher, "doctor"));
        System.out.printf("%10s  %-16s %10s %10s %14s %14s%n", "files", "", "wall", "processor", "times as fast,",
                "processor");
        measure(commands, 264, 9);
        measure(commands, 10_000, 3);
        System.exit(0);
    }

    private static void measure(Map<String, List<String>> commands, int files, int rounds) throws Exception {
        Path project = project(files);
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                Run run = run(project, command.getValue());
                // The first ones fill caches: Alembic's bytecode, and what the launcher starts from.
                if (round > 0) {
                    runs.computeIfAbsent(command.getKey(), name -> new ArrayList<>()).add(run);
                }
            }
        }
        Run rival = median(runs.getOrDefault("alembic current", List.of()));
        runs.forEach((name, all) -> {
            Run run = median(all);
            System.out.printf("%,10d  %-16s %8.2f s %8.2f s %14.2f %14.2f%n", files, name, run.wall(), run.processor(),
                    rival.wall() / run.wall(), rival.processor() / run.processor());
        });
    }

    private static Run median(List<Run> runs) {
        return new Run(
                runs.stream().map(Run::wall).sorted().toList().get(runs.size() / 2),
                runs.stream().map(Run::processor).sorted().toList().get(runs.size() / 2));
    }

    private static Run run(Path project, List<String> command) throws IOException, InterruptedException {
        Path said = project.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        double before = processorOfChildren();
        long start = System.nanoTime();
        int exit = builder.start().waitFor();
        double wall = (System.nanoTime() - start) / 1e9;
        if (exit != 0) {
            throw new IllegalStateException(
                    "%s ended with %d: %s".formatted(command, exit, Files.readString(said)));
        }
        return new Run(wall, processorOfChildren() - before);
    }

    /** Seconds of all children that ended and were waited for; a tick of /proc is 10 ms. */
    private static double processorOfChildren() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
    }

    private static Path project(int files) throws IOException {
        String database = TestServer.newDatabase();
        Path project = Files.createTempDirectory("startup-benchmark");
        Path versions = Files.createDirectories(project.resolve("migrations/versions"));
        Files.writeString(project.resolve("migrations/env.py"), ENV);
        Files.writeString(project.resolve("alembic.ini"), """
                [alembic]
                script_location = %%(here)s/migrations
                sqlalchemy.url = postgresql://postgres@127.0.0.1:%d/%s
                """.formatted(TestServer.port(), database));
        for (int i = 0; i < files; i++) {
            Files.writeString(versions.resolve("%06d_step.py".formatted(i)), script(i));
        }
        TestServer.run(database, IntStream.rangeClosed(0, (files - 1) / REVISIONS_PER_TABLE)
                .mapToObj(table -> table(table, files)).toArray(String[]::new));
        TestServer.run(database,
                "CREATE TABLE alembic_version (version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('%s')".formatted(id(files - 1)));
        return project;
    }

    private static String id(int revision) {
        return "r%06x".formatted(revision);
    }

    private static String script(int i) {
        int table = i / REVISIONS_PER_TABLE;
        String upgrade = i % REVISIONS_PER_TABLE == 0
                ? """
                            op.create_table(
                                "table_%d",
                                sa.Column("id", sa.Integer(), nullable=False),
                                sa.Column("name", sa.String(length=120), nullable=True),
                                sa.PrimaryKeyConstraint("id"),
                            )
                        """.formatted(table)
                : "    op.add_column(\"table_%d\", sa.Column(\"c%d\", sa.Text(), nullable=True))\n".formatted(table, i);
        String downgrade = i % REVISIONS_PER_TABLE == 0
                ? "    op.drop_table(\"table_%d\")\n".formatted(table)
                : "    op.drop_column(\"table_%d\", \"c%d\")\n".formatted(table, i);
        return """
                \"""Step %d

                Revision ID: %s
                \"""
                from alembic import op
                import sqlalchemy as sa

                revision = "%s"
                down_revision = %s
                branch_labels = None
                depends_on = None


                def upgrade():
                %s

                def downgrade():
                %s""".formatted(i, id(i), id(i), i == 0 ? "None" : "\"" + id(i - 1) + "\"", upgrade, downgrade);
    }

    private static String table(int table, int files) {
        int first = table * REVISIONS_PER_TABLE;
        String added = IntStream.range(first + 1, Math.min(first + REVISIONS_PER_TABLE, files))
                .mapToObj(i -> ", c%d text".formatted(i)).collect(Collectors.joining());
        return "CREATE TABLE table_%d (id serial CONSTRAINT table_%d_pkey PRIMARY KEY, name varchar(120)%s)"
                .formatted(table, table, added);
    }
}
