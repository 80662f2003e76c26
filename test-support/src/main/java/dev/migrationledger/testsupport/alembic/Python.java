package dev.migrationledger.testsupport.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.machine.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Python of this machine.
 *
 * @param interpreter its command
 */
public record Python(String interpreter) {

    /** By what it can import; asked once for all tests of a JVM, because each question starts a Python. */
    private static final Map<String, Optional<Python>> FOUND = new ConcurrentHashMap<>();

    /** With Alembic and a driver for PostgreSQL; skips the test where there is none. */
    public static Python withAlembic() {
        return importing("alembic, psycopg2");
    }

    /** With Alembic and a driver for PostgreSQL, for a test that has another way where there is none. */
    public static Optional<Python> withAlembicIfThere() {
        return importingIfThere("alembic, psycopg2");
    }

    /** The first that can import these modules; skips the test where there is none. */
    public static Python importing(String modules) {
        Optional<Python> found = importingIfThere(modules);
        Requirement.met(found.isPresent(), absent(modules));
        return found.orElseThrow();
    }

    private static Optional<Python> importingIfThere(String modules) {
        Optional<Python> found = FOUND.computeIfAbsent(modules, Python::find);
        Requirement.notMissingInCi(found.isPresent(), absent(modules));
        return found;
    }

    private static String absent(String modules) {
        return "neither python3 nor /usr/bin/python3 can import %s: apt-get install alembic python3-psycopg2"
                .formatted(modules);
    }

    private static Optional<Python> find(String modules) {
        return Stream.of("python3", "/usr/bin/python3").map(Python::new).filter(it -> it.imports(modules)).findFirst();
    }

    private boolean imports(String modules) {
        try {
            return waitFor(new ProcessBuilder(interpreter, "-c", "import " + modules)
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)) == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /**
     * What a script prints as JSON.
     *
     * @param folder where the script is copied to and writes what it prints
     * @param script on the class path
     */
    public JsonNode json(Path folder, String script, String... arguments) throws IOException {
        Path file = folder.resolve("script.py");
        try (InputStream source = Objects.requireNonNull(Python.class.getResourceAsStream(script), script)) {
            Files.write(file, source.readAllBytes());
        }
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        int exit = waitFor(new ProcessBuilder(
                Stream.concat(Stream.of(interpreter, file.toString()), Stream.of(arguments)).toList())
                .redirectOutput(out.toFile()).redirectError(err.toFile()));
        assertThat(exit).as(Files.readString(err)).isZero();
        return JsonMapper.shared().readTree(Files.readAllBytes(out));
    }

    private static int waitFor(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for Python", e);
        }
    }
}
