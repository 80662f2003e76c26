package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Python to compare with. Where there is none a test is skipped, except with {@code CI=true}, where it fails. */
record Python(String interpreter, Path folder) {

    /** The first interpreter that can import a module. */
    static Python importing(String module, Path folder) {
        Optional<String> found = Stream.of("python3", "/usr/bin/python3")
                .filter(interpreter -> {
                    try {
                        return run(folder, interpreter, "-c", "import " + module) == 0;
                    } catch (IOException absent) {
                        return false;
                    }
                })
                .findFirst();
        String absent = "neither python3 nor /usr/bin/python3 can import " + module;
        assertThat(found.isPresent() || !"true".equals(System.getenv("CI")))
                .as("CI=true, but %s; install it, as .ci/run does", absent).isTrue();
        assumeTrue(found.isPresent(), absent);
        return new Python(found.get(), folder);
    }

    /** What a script of the test's resources prints as JSON. */
    JsonNode json(String script, String... arguments) throws IOException {
        Path file = folder.resolve("script.py");
        try (InputStream source = Objects.requireNonNull(Python.class.getResourceAsStream("/python/" + script))) {
            Files.write(file, source.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of(interpreter, file.toString()));
        command.addAll(List.of(arguments));
        int exit = run(folder, command.toArray(String[]::new));
        assertThat(exit).as(Files.readString(folder.resolve("stderr"))).isZero();
        return JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("stdout")));
    }

    /** Runs Alembic in a project whose {@code env.py} takes its database's URL from the environment. */
    void alembic(Path project, String database, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(interpreter, "-B", "-c", "from alembic.config import main; main()"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
        builder.environment().remove("ALEMBIC_CONFIG");
        builder.environment().put("DATABASE", database);
        int exit = run(folder, builder);
        assertThat(exit).as(Files.readString(folder.resolve("stderr"))).isZero();
    }

    private static int run(Path folder, String... command) throws IOException {
        return run(folder, new ProcessBuilder(command));
    }

    private static int run(Path folder, ProcessBuilder builder) throws IOException {
        Process process = builder
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for Python", e);
        }
    }
}
