package dev.migrationledger.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Alembic to ask. Where there is none, the test is skipped, except where {@code CI=true}. */
final class RealAlembic {

    private RealAlembic() {}

    /** What a script of {@code src/test/resources/alembic} prints about a folder. */
    static JsonNode answers(String scriptName, Path folder) throws IOException, InterruptedException {
        Optional<String> python = python(folder);
        boolean needed = "true".equals(System.getenv("CI")) || Boolean.getBoolean("CI");
        assertThat(python.isPresent() || !needed)
                .as("CI=true, but neither python3 nor /usr/bin/python3 can import alembic; install it, as .ci/run does")
                .isTrue();
        assumeTrue(python.isPresent(), "neither python3 nor /usr/bin/python3 can import alembic");
        Path script = folder.resolve(scriptName);
        try (InputStream source = Objects
                .requireNonNull(RealAlembic.class.getResourceAsStream("/alembic/" + scriptName))) {
            Files.copy(source, script);
        }
        Path out = folder.resolve("answers.json");
        Path err = folder.resolve("stderr");
        int exit = run(List.of(python.get(), script.toString(), folder.toString()), out.toFile(), err.toFile());
        assertThat(exit).as(() -> read(err)).isZero();
        return JsonMapper.shared().readTree(Files.readAllBytes(out));
    }

    private static Optional<String> python(Path folder) {
        return Stream.of("python3", "/usr/bin/python3")
                .filter(python -> {
                    try {
                        File nowhere = folder.resolve("import").toFile();
                        return run(List.of(python, "-c", "import alembic"), nowhere, nowhere) == 0;
                    } catch (IOException | InterruptedException absent) {
                        return false;
                    }
                })
                .findFirst();
    }

    private static int run(List<String> command, File out, File err) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectOutput(out).redirectError(err).start().waitFor();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
