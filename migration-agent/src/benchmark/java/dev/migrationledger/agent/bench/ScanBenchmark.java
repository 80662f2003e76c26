package dev.migrationledger.agent.bench;

import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.Alembic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code heads} and {@code scan} against {@code alembic heads} over the same generated files, as whole processes and in turns, so
 * that all meet the same machine. Alembic's bytecode is cached by a first run that does not count.
 */
public final class ScanBenchmark {

    private static final int ROUNDS = 5;

    private ScanBenchmark() {}

    /**
     * One run of a process.
     *
     * @param megabytes of memory at its peak; 0 where the operating system does not report it
     */
    private record Run(double seconds, double megabytes) {}

    /** Measures the agent's jar, which is the first argument; a second one is Alembic's command, if it is not {@code alembic}. */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]).toAbsolutePath();
        String alembic = args.length > 1 ? args[1] : System.getProperty("alembic", "alembic");
        Path folder = Files.createTempDirectory("scan-benchmark");
        System.out.printf("%10s  %-14s %10s %10s%n", "files", "", "seconds", "peak MB");
        try {
            for (int files : List.of(264, 1_000, 10_000)) {
                measure(jar, alembic, Files.createDirectory(folder.resolve("p" + files)), files);
            }
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void measure(Path jar, String alembic, Path project, int files) throws Exception {
        generate(project, files);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("heads", List.of(java, "-jar", jar.toString(), "heads"));
        commands.put("scan", List.of(java, "-jar", jar.toString(), "scan"));
        if (run(project, List.of(alembic, "heads")).isPresent()) {
            commands.put("alembic heads", List.of(alembic, "heads"));
        }
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        List<Double> again = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                runs.computeIfAbsent(command.getKey(), name -> new ArrayList<>())
                        .add(run(project, command.getValue()).orElseThrow());
            }
            again.add(again(project));
        }
        runs.forEach((name, all) -> System.out.printf("%,10d  %-14s %10.2f %10.0f%n", files, name,
                median(all.stream().map(Run::seconds).toList()), median(all.stream().map(Run::megabytes).toList())));
        System.out.printf("%,10d  %-14s %10.3f%n", files, "read again", median(again));
    }

    /** A second read by the same tool: nothing has changed. */
    private static double again(Path project) {
        ScriptsLocation location = new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project);
        Alembic alembic = new Alembic();
        alembic.read(location);
        long start = System.nanoTime();
        alembic.read(location);
        return (System.nanoTime() - start) / 1e9;
    }

    private static Optional<Run> run(Path project, List<String> command) throws InterruptedException, IOException {
        long start = System.nanoTime();
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(project.toFile())
                    .redirectOutput(project.resolve("out").toFile())
                    .redirectError(project.resolve("err").toFile())
                    .start();
        } catch (IOException absent) {
            return Optional.empty();
        }
        double megabytes = 0;
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            megabytes = Math.max(megabytes, peak(process));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + " failed: " + Files.readString(project.resolve("err")));
        }
        return Optional.of(new Run(seconds, megabytes));
    }

    /** As the process was when it could last be asked; the kernel keeps the peak, so no moment before that is missed. */
    private static double peak(Process process) {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum() / 1024.0;
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** One line of revisions, each with the body of an ordinary migration. */
    private static void generate(Path project, int files) throws IOException {
        Path versions = Files.createDirectories(project.resolve("migrations/versions"));
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = %(here)s/migrations\n");
        Files.writeString(project.resolve("migrations/env.py"), "");
        for (int i = 0; i < files; i++) {
            Files.writeString(versions.resolve("%06d_step.py".formatted(i)), """
                    \"""Step %d

                    Revision ID: %06x
                    \"""
                    from alembic import op
                    import sqlalchemy as sa

                    revision = "r%06x"
                    down_revision = %s
                    branch_labels = None
                    depends_on = None


                    def upgrade():
                        op.create_table(
                            "table_%d",
                            sa.Column("id", sa.Integer(), nullable=False),
                            sa.Column("name", sa.String(length=120), nullable=True),
                            sa.PrimaryKeyConstraint("id"),
                        )
                        op.execute(\"""update table_%d set name = 'x' where name is null\""")


                    def downgrade():
                        op.drop_table("table_%d")
                    """.formatted(i, i, i, i == 0 ? "None" : "\"r%06x\"".formatted(i - 1), i, i, i));
        }
    }
}
