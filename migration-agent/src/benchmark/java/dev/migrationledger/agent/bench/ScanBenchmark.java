package dev.migrationledger.agent.bench;

import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.Alembic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code scan} against {@code alembic heads} over the same generated files, as whole processes and in turns, so that both
 * meet the same machine. Alembic's bytecode is cached by a first run that does not count.
 */
public final class ScanBenchmark {

    private static final int ROUNDS = 5;

    private ScanBenchmark() {}

    /** Measures the agent's jar, which is the one argument. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("scan-benchmark");
        try {
            for (int files : List.of(1_000, 10_000)) {
                measure(Path.of(args[0]).toAbsolutePath(), Files.createDirectory(folder.resolve("p" + files)), files);
            }
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void measure(Path jar, Path project, int files) throws Exception {
        generate(project, files);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> scan = List.of(java, "-jar", jar.toString(), "scan");
        List<String> heads = List.of("alembic", "heads");
        Optional<Double> alembic = seconds(project, heads);
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        double[] warm = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            ours[i] = seconds(project, scan).orElseThrow();
            theirs[i] = alembic.isPresent() ? seconds(project, heads).orElseThrow() : Double.NaN;
            warm[i] = withinOneProcess(project);
        }
        System.out.printf(
                "%,6d files: scan %.2f s, alembic heads %.2f s, ratio %.1f; read again within one process %.2f s%n",
                files,
                median(ours),
                median(theirs),
                median(theirs) / median(ours),
                median(warm));
    }

    private static double withinOneProcess(Path project) {
        long start = System.nanoTime();
        new Alembic().read(new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project));
        return (System.nanoTime() - start) / 1e9;
    }

    private static Optional<Double> seconds(Path project, List<String> command) throws InterruptedException {
        long start = System.nanoTime();
        try {
            Process process = new ProcessBuilder(command)
                    .directory(project.toFile())
                    .redirectOutput(project.resolve("out").toFile())
                    .redirectError(project.resolve("err").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + Files.readString(project.resolve("err")));
            }
        } catch (IOException absent) {
            return Optional.empty();
        }
        return Optional.of((System.nanoTime() - start) / 1e9);
    }

    private static double median(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
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
