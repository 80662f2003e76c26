package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code alembic} command of this machine.
 *
 * @param project folder with its {@code alembic.ini}
 */
record RealAlembic(Path project, String databaseUrl) {

    /** Skips the test where there is none; fails it on continuous integration, where there must be one. */
    static void required() {
        boolean there = works("alembic", "--version") && works("/usr/bin/python3", "-c", "import alembic, psycopg2");
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("continuous integration must have Debian's alembic and python3-psycopg2");
        }
        assumeTrue(there, "needs Alembic and psycopg2: apt-get install alembic python3-psycopg2");
    }

    /** Runs one command of the sample project; what it printed. */
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("alembic", "-c", project.resolve("alembic.ini").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile())
                .redirectErrorStream(true);
        builder.environment().put("DATABASE_URL", databaseUrl);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("alembic %s said: %s", String.join(" ", arguments), said).isZero();
        return said;
    }

    private static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(
                    ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
