package dev.migrationledger.contracts.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same files before a real Alembic and before the graph. Skipped where there is no Alembic, except where {@code CI=true}. */
class AlembicTest {

    private static final int HISTORIES = 60;

    @TempDir
    Path folder;

    private final Map<String, List<Revision>> histories = new HashMap<>();

    @Test
    void sound_histories_are_as_alembic_sees_them() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            write("h" + seed, Randomly.sound(seed), seed);
        }
        JsonNode answers = askAlembic();
        histories.forEach((name, revisions) -> assertSame(name, revisions, answers.get(name)));
    }

    @Test
    void what_alembic_refuses_is_a_problem_and_what_has_no_problem_loads() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            write("h" + seed, Randomly.broken(seed), seed);
        }
        JsonNode answers = askAlembic();
        histories.forEach((name, revisions) -> {
            List<Finding> errors = RevisionGraph.of(revisions).problems().stream()
                    .filter(finding -> finding.code() != DivergenceCode.MULTIPLE_HEADS).toList();
            if (answers.get(name).has("error")) {
                assertThat(errors).as("%s: %s", name, answers.get(name)).isNotEmpty();
            }
        });
        assertThat(histories.keySet()).anyMatch(name -> answers.get(name).has("error"))
                .anyMatch(name -> !answers.get(name).has("error"));
    }

    private static void assertSame(String name, List<Revision> revisions, JsonNode answer) {
        RevisionGraph graph = RevisionGraph.of(revisions);
        assertThat(answer.has("error")).as("%s: %s", name, answer).isFalse();
        assertThat(graph.heads()).as(name).isEqualTo(texts(answer.get("heads")));
        assertThat(graph.realHeads()).as(name).isEqualTo(texts(answer.get("realHeads")));
        assertThat(graph.bases()).as(name).isEqualTo(texts(answer.get("bases")));
        assertThat(graph.mergePoints()).as(name).isEqualTo(texts(answer.get("mergePoints")));
        assertThat(graph.branchPoints()).as(name).isEqualTo(texts(answer.get("branchPoints")));
        List<String> rows = texts(answer.get("rows"));
        assertThat(graph.implied(rows)).as(name).isEqualTo(new TreeSet<>(texts(answer.get("implied"))));
        assertThat(new TreeSet<>(graph.upgradePath(rows, graph.realHeads()))).as(name)
                .isEqualTo(new TreeSet<>(texts(answer.get("upgrade"))));
        answer.get("labels").properties().forEach(labels -> assertThat(graph.labelsOf(labels.getKey()))
                .as("%s, %s", name, labels.getKey()).isEqualTo(new TreeSet<>(texts(labels.getValue()))));
    }

    private void write(String name, List<Revision> revisions, long seed) throws IOException {
        histories.put(name, revisions);
        Path versions = Files.createDirectories(folder.resolve(name).resolve("versions"));
        for (Revision revision : revisions) {
            Files.writeString(versions.resolve(revision.file()), """
                    revision = '%s'
                    down_revision = %s
                    depends_on = %s
                    branch_labels = %s

                    def upgrade():
                        pass
                    """.formatted(revision.revision(), tuple(revision.parents()), tuple(revision.dependsOn()),
                    tuple(revision.labels())));
        }
        RevisionGraph graph = RevisionGraph.of(revisions);
        List<String> rows = new ArrayList<>(new TreeSet<>(Randomly.some(revisions, new Random(seed))));
        rows.removeAll(graph.unknown(rows));
        rows.removeAll(graph.overlapping(rows));
        Files.writeString(folder.resolve(name).resolve("rows"), String.join("\n", rows));
    }

    private static String tuple(List<String> ids) {
        return ids.isEmpty() ? "None" : "(" + String.join("", ids.stream().map(id -> "'" + id + "', ").toList()) + ")";
    }

    private JsonNode askAlembic() throws Exception {
        Optional<String> python = pythonWithAlembic();
        boolean needed = "true".equals(System.getenv("CI")) || Boolean.getBoolean("CI");
        assertThat(python.isPresent() || !needed)
                .as("CI=true, but neither python3 nor /usr/bin/python3 can import alembic; install it, as .ci/run does")
                .isTrue();
        assumeTrue(python.isPresent(), "neither python3 nor /usr/bin/python3 can import alembic");
        Path script = folder.resolve("describe.py");
        try (InputStream source = Objects
                .requireNonNull(AlembicTest.class.getResourceAsStream("/alembic/describe.py"))) {
            Files.copy(source, script);
        }
        Path out = folder.resolve("answers.json");
        Path err = folder.resolve("stderr");
        int exit = run(List.of(python.get(), script.toString(), folder.toString()), out.toFile(), err.toFile());
        assertThat(exit).as(() -> read(err)).isZero();
        return JsonMapper.shared().readTree(Files.readAllBytes(out));
    }

    private Optional<String> pythonWithAlembic() {
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

    private static List<String> texts(JsonNode array) {
        return array.values().stream().map(JsonNode::stringValue).toList();
    }
}
