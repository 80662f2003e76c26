package dev.migrationledger.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.golden.GoldenFile;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code .case} of {@code src/test/resources/doctor/cases} makes a database: {@code run} what a revision does, {@code stamp} a
 * row, any {@code sql}. Beside it is what {@code doctor} says, rewritten only with {@code -Dgolden.update=true}; with
 * {@code json} in both forms.
 */
class DoctorGoldenTest {

    private static final Path CASES = Path.of("src/test/resources/doctor/cases");
    private static final Map<String, Path> PROJECTS = Map.of(
            "calls", Asked.PROJECTS.resolve("calls"),
            "navbot", Path.of("../docs/sample/navbot"));

    private final String database = TestServer.newDatabase();
    private final List<String> arguments = new ArrayList<>();
    private Path project = CASES;
    private boolean json;

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(".case")).sorted()
                    .map(name -> name.replace(".case", "")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_case_is_reported_as_expected(String name) throws IOException {
        for (String line : Files.readAllLines(CASES.resolve(name + ".case"))) {
            prepare(line);
        }
        StringBuilder transcript = new StringBuilder(asked());
        if (json) {
            arguments.addAll(List.of("--output", "json"));
            transcript.append('\n').append(asked());
        }

        GoldenFile.compare(CASES.resolve(name + ".txt"), transcript.toString());
        assertThat(transcript.toString()).doesNotContain("cr@t", "cr%40t");
        assertThat(transcript.toString().lines().filter(line -> line.length() > 80))
                .as("lines that do not fit, but for JSON and commands to be copied")
                .allMatch(line -> json || line.matches(" \\d\\. alembic .*"));
    }

    private void prepare(String line) throws IOException {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "project" -> project = PROJECTS.getOrDefault(words[1], CASES);
            case "run" -> TestServer.run(database, Files.readString(project.resolve("sql/" + words[1] + ".sql")));
            case "stamp" -> TestServer.run(database,
                    "CREATE TABLE IF NOT EXISTS alembic_version (version_num varchar(32) PRIMARY KEY)",
                    "INSERT INTO alembic_version VALUES ('" + words[1] + "')");
            case "sql" -> TestServer.run(database, words[1]);
            case "arguments" -> arguments.addAll(List.of(words[1].split(" ", -1)));
            case "json" -> json = true;
            default -> throw new IllegalArgumentException(line);
        }
    }

    private String asked() {
        List<String> all = new ArrayList<>(List.of("--database", TestServer.url(database)));
        all.addAll(arguments);
        Asked asked = Asked.in(project, all.toArray(String[]::new));
        return "$ migration-agent doctor%s\n%s%s(exit %d)\n".formatted(
                arguments.isEmpty() ? "" : " " + String.join(" ", arguments), portable(asked.out()),
                portable(asked.err()), asked.exit());
    }

    private String portable(String written) {
        return written.replace("\r\n", "\n").replace("127.0.0.1:" + TestServer.port(), "db").replace(database, "app");
    }
}
