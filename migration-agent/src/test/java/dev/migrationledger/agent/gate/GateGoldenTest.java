package dev.migrationledger.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.Policy.ApprovalRule;
import dev.migrationledger.contracts.policy.Policy.Unreachable;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.testsupport.golden.GoldenFile;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code .case} of {@code src/test/resources/gate} draws a history, makes a database and asks {@code gate}. Beside it is what is
 * answered, rewritten only with {@code -Dgolden.update=true}.
 */
class GateGoldenTest {

    private static final Path CASES = Path.of("src/test/resources/gate");

    @TempDir
    Path project;

    private final String database = TestServer.newDatabase();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> drawing = new ArrayList<>();
    private String url = TestServer.url(database);

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(".case")).sorted()
                    .map(name -> name.replace(".case", "")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_case_is_answered_as_expected(String name) throws IOException {
        environment.put("HOME", project.resolve("home").toString());
        Files.createDirectories(project.resolve("migrations/versions"));
        Files.writeString(project.resolve("migrations/env.py"), "");
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = %(here)s/migrations\n");
        StringBuilder transcript = new StringBuilder();
        for (String line : Files.readAllLines(CASES.resolve(name + ".case"))) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "history" -> drawing.add(words[1]);
                case "file" -> {
                    String[] file = words[1].split(" ", 2);
                    Files.writeString(script(file[0]), file[1].replace("\\n", "\n") + "\n");
                }
                case "rows" -> rows(words[1].split(" ", -1));
                case "sql" -> TestServer.run(database, words[1]);
                case "variable" -> environment.put(words[1].split("=", 2)[0], words[1].split("=", 2)[1]);
                case "held" -> hold(Unreachable.valueOf(words[1].toUpperCase(Locale.ROOT)));
                case "url" -> url = words[1].replace("SERVER", "127.0.0.1:" + TestServer.port());
                case "gate" -> transcript.append(transcript.isEmpty() ? "" : "\n").append(asked(words[1]));
                case "shows" -> transcript.append("\n# ").append(words[1]).append('\n')
                        .append(portable(Files.readString(project.resolve(words[1]))));
                default -> throw new IllegalArgumentException(line);
            }
        }

        GoldenFile.compare(CASES.resolve(name + ".txt"), transcript.toString());
        assertThat(transcript.toString()).doesNotContain("s3cret");
        assertThat(transcript.toString().lines().filter(line -> line.length() > 80))
                .as("lines that do not fit, but for JSON, annotations and standard error")
                .allMatch(line -> line.matches("\\s+\".*|\\$ .*|::(error|warning) .*|migration-agent: .*"));
    }

    /** As if the ledger had answered a minute ago. */
    private void hold(Unreachable setting) throws IOException {
        Policy policy = new Policy(List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(new ApprovalRule(EnvironmentSelector.named("staging"), 1, RuleMode.ENFORCE)), setting);
        GateFolder.usual("127.0.0.1:1", "navbot", "production", environment)
                .keep(TestPolicies.signed("production", 3, policy, List.of(),
                        // Of one length: a screen breaks lines by it.
                        Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS)));
    }

    private Path script(String id) {
        return project.resolve("migrations/versions/" + id + ".py");
    }

    /** The rows of the version table from now on. */
    private void rows(String... rows) {
        TestServer.run(database, "DROP TABLE IF EXISTS alembic_version",
                "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)");
        for (String row : rows) {
            if (!row.isEmpty()) {
                TestServer.run(database, "INSERT INTO alembic_version VALUES ('%s')".formatted(row));
            }
        }
    }

    private String asked(String typed) throws IOException {
        for (Revision revision : DrawnHistory.revisions(String.join("\n", drawing))) {
            Files.writeString(script(revision.revision()), """
                    revision = "%s"
                    down_revision = %s
                    depends_on = %s
                    branch_labels = %s
                    """.formatted(revision.revision(), python(revision.parents()), python(revision.dependsOn()),
                    python(revision.labels())));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("gate-here"));
        Stream.of(typed.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(arguments::add);
        arguments.addAll(List.of("--database", url));
        int exit = Main.execute(Main.commandLineFor("gate")
                .addSubcommand("gate-here",
                        new GateCommand(new ScriptsOptions(project, environment), new DatabaseOptions(environment),
                                environment))
                .setOut(new PrintWriter(out)).setErr(new PrintWriter(err)), arguments.toArray(String[]::new));
        return "$ migration-agent gate %s\n%s%s(exit %d)\n".formatted(typed, portable(out.toString()),
                portable(err.toString()), exit);
    }

    private static String python(List<String> ids) {
        return ids.isEmpty()
                ? "None"
                : ids.stream().map(id -> "\"" + id + "\",").collect(Collectors.joining(" ", "(", ")"));
    }

    private String portable(String written) {
        return written.replace("\r\n", "\n").replace("127.0.0.1:" + TestServer.port(), "db")
                .replace(database, "app").replace("gate-here", "gate").replace("\u001b", "\\e")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "ID")
                .replaceAll("\\bdigest [0-9a-f]{12}\\b", "digest DIGEST")
                .replaceAll("\"(digest|value)\" : \"[0-9a-f]{64}\"", "\"$1\" : \"DIGEST\"")
                .replaceAll("waiting, \\d+ s left", "waiting, N s left");
    }
}
