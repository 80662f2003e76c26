package dev.migrationledger.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.GraphProblem;
import dev.migrationledger.testsupport.alembic.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The same files before a real Alembic and before the graph. Skipped where there is no Alembic, except where {@code CI=true}. */
class GraphAsAlembicTest {

    private static final int HISTORIES = 60;

    @TempDir
    Path folder;

    private final Map<String, List<Revision>> histories = new HashMap<>();

    @Test
    void sound_histories_are_as_alembic_sees_them() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            write("h" + seed, Randomly.sound(seed), seed);
        }
        JsonNode answers = Python.importing("alembic").json(folder, "/alembic/describe.py", folder.toString());
        histories.forEach((name, revisions) -> assertSame(name, revisions, answers.get(name)));
    }

    @Test
    void what_alembic_refuses_is_a_problem_and_what_has_no_problem_loads() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            write("h" + seed, Randomly.broken(seed), seed);
        }
        JsonNode answers = Python.importing("alembic").json(folder, "/alembic/describe.py", folder.toString());
        histories.forEach((name, revisions) -> {
            List<GraphProblem> errors = RevisionGraph.of(revisions).problems().stream()
                    .filter(problem -> problem.code() != DivergenceCode.MULTIPLE_HEADS).toList();
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
        assertThat(graph.upgradePath(rows, graph.realHeads())).as(name).isEqualTo(texts(answer.get("upgrade")));
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

    private static List<String> texts(JsonNode array) {
        return array.values().stream().map(JsonNode::stringValue).toList();
    }
}
