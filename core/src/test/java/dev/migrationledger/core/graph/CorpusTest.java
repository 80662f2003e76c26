package dev.migrationledger.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.scripts.GraphProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Histories of public projects, with what Alembic says about each. */
class CorpusTest {

    @TestFactory
    Stream<DynamicTest> every_public_history_is_as_alembic_says() throws IOException {
        try (InputStream corpus = Objects.requireNonNull(CorpusTest.class.getResourceAsStream("/corpus.json"))) {
            return JsonMapper.shared().readTree(corpus).properties().stream()
                    .map(project -> DynamicTest.dynamicTest(project.getKey(),
                            () -> isAsAlembicSays(project.getValue())));
        }
    }

    private static void isAsAlembicSays(JsonNode project) {
        RevisionGraph graph = RevisionGraph.of(
                project.get("revisions").values().stream().map(CorpusTest::revision).toList());
        assertThat(graph.revisions()).hasSize(project.get("revisions").size()).isNotEmpty();
        assertThat(graph.heads()).containsExactlyInAnyOrderElementsOf(texts(project.get("heads")));
        assertThat(graph.realHeads()).containsExactlyInAnyOrderElementsOf(texts(project.get("realHeads")));
        assertThat(graph.bases()).containsExactlyInAnyOrderElementsOf(texts(project.get("bases")));
        assertThat(graph.mergePoints()).containsExactlyInAnyOrderElementsOf(texts(project.get("mergePoints")));
        assertThat(graph.branchPoints()).containsExactlyInAnyOrderElementsOf(texts(project.get("branchPoints")));

        assertThat(graph.implied(graph.realHeads())).hasSize(graph.revisions().size());
        assertThat(graph.problems()).extracting(GraphProblem::code)
                .isEqualTo(graph.heads().size() > 1 ? List.of(DivergenceCode.MULTIPLE_HEADS) : List.of());
    }

    private static Revision revision(JsonNode declared) {
        return new Revision(
                declared.get("revision").stringValue(),
                texts(declared.get("down_revision")),
                texts(declared.get("depends_on")),
                texts(declared.get("branch_labels")),
                null,
                declared.get("file").stringValue(),
                "0".repeat(64));
    }

    /** As Python has it: nothing, one or several. */
    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isString()) {
            texts.add(value.stringValue());
        }
        value.values().forEach(one -> texts.add(one.stringValue()));
        return texts;
    }
}
