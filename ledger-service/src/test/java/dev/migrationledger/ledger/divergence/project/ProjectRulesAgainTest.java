package dev.migrationledger.ledger.divergence.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.ledger.divergence.project.ProjectRules.Evaluation;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.History;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found from an earlier state of a project is what is found from nothing. */
class ProjectRulesAgainTest {

    private static final List<String> HISTORIES = List.of("a b<a c<b", "a b<a c<b d<b", "a b<a c<b e<a");
    private static final List<String[]> ROWS = List.of(new String[]{"a"}, new String[]{"b"}, new String[]{"c"},
            new String[]{"d"}, new String[]{"c", "d"}, new String[]{"e"}, new String[]{});
    private static final List<List<ProposedMerge>> MERGES = List.of(List.of(),
            new DrawnProject().environment("any").scripts("git", 1, HISTORIES.get(1)).proposed(false).seen().merges());

    private final Map<String, DrawnProject> drawn = new HashMap<>();
    private final History plain = new DrawnProject().environment("any").seen().history();
    private final History edited = new DrawnProject().environment("e1").seen("git", 1, "1".repeat(64), "b<a")
            .environment("e2").seen("git", 2, "0".repeat(64), "b<a").seen().history();

    /** The same one for the same place: what did not change is not another. */
    private DrawnProject environment(String name, Random random) {
        int history = random.nextInt(HISTORIES.size());
        int rows = random.nextInt(ROWS.size());
        int schema = random.nextInt(3);
        boolean apart = random.nextInt(5) == 0;
        boolean other = random.nextInt(4) == 0;
        boolean old = random.nextInt(4) == 0;
        return drawn.computeIfAbsent(List.of(name, history, rows, schema, apart, other, old).toString(), _ -> {
            DrawnProject one = new DrawnProject().environment(name);
            if (apart) {
                one.label(ProjectSnapshot.GROUP, "apart");
            }
            one.scripts("image", 1, (old ? "1" : "0").repeat(64), HISTORIES.get(history)).rows(ROWS.get(rows)).ran(5,
                    "b");
            if (other) {
                one.scripts("git:1", 2, HISTORIES.get(0));
            }
            if (schema > 0) {
                one.schema("public", "t", "t" + schema);
            }
            return one;
        });
    }

    private static EnvironmentSnapshot snapshot(DrawnProject project, String name) {
        return Objects.requireNonNull(project.seen().environments().get(name));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_changes(long seed) {
        Random random = new Random(seed);
        Map<String, EnvironmentSnapshot> environments = new TreeMap<>();
        Map<String, Instant> pipelines = new TreeMap<>();
        History history = plain;
        List<ProposedMerge> merges = MERGES.getFirst();
        Map<String, @Nullable SchemaSeen> live = new HashMap<>();
        ProjectSnapshot.Schemas schemas = new SchemaComparisons((_, it) -> Optional.ofNullable(live.get(it)))
                .of("shop");
        Evaluation before = null;
        for (int step = 0; step < 150; step++) {
            String name = "e" + random.nextInt(8);
            switch (random.nextInt(12)) {
                case 0 -> environments.remove(name);
                case 1 -> pipelines.put(name, Instant.EPOCH);
                case 2 -> pipelines.remove(name);
                case 3 -> history = random.nextBoolean() ? plain : edited;
                case 4 -> merges = MERGES.get(random.nextInt(MERGES.size()));
                default -> {
                    DrawnProject one = environment(name, random);
                    environments.put(name, snapshot(one, name));
                    live.put(name, one.schemaOf(name));
                }
            }
            ProjectSnapshot now = new ProjectSnapshot(environments, history, schemas, pipelines, merges);
            Evaluation again = ProjectRules.evaluate(now, before);
            assertThat(again.results()).as("seed %d, step %d", seed, step).isEqualTo(ProjectRules.evaluate(now));
            before = again;
        }
    }

    @Test
    void nothing_is_evaluated_where_nothing_changed() {
        Random random = new Random(7);
        Map<String, EnvironmentSnapshot> environments = new TreeMap<>();
        for (int i = 0; i < 8; i++) {
            environments.put("e" + i, snapshot(environment("e" + i, random), "e" + i));
        }
        ProjectSnapshot one = new ProjectSnapshot(environments, plain,
                new DrawnProject().environment("any").seen().schemas(),
                Map.of(), List.of());
        Evaluation first = ProjectRules.evaluate(one, (Evaluation) null);
        assertThat(ProjectRules.evaluate(new ProjectSnapshot(environments, plain, one.schemas(), Map.of(), List.of()),
                first))
                .isSameAs(first);

        // Nothing was found in either environment: only the one that changed has another result.
        environments.clear();
        for (String name : List.of("e1", "e2")) {
            environments.put(name,
                    snapshot(new DrawnProject().environment(name).scripts("git", 1, "a b<a").rows("a"), name));
        }
        Evaluation calm = ProjectRules.evaluate(
                new ProjectSnapshot(environments, plain, one.schemas(), Map.of(), List.of()), (Evaluation) null);
        environments.put("e2", snapshot(new DrawnProject().environment("e2").scripts("git", 1, "a b<a"), "e2"));
        Evaluation moved = ProjectRules.evaluate(
                new ProjectSnapshot(environments, plain, one.schemas(), Map.of(), List.of()), calm);
        assertThat(moved.results().get("e1")).isSameAs(calm.results().get("e1"));
        assertThat(moved.results().get("e2")).isNotEqualTo(calm.results().get("e2"));
    }
}
