package dev.migrationledger.ledger.divergence.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.collection.PersistentMap;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.History;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Schemas;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found from an earlier state of a project is what is found from nothing. */
class ProjectRulesAgainTest {

    private static final String OLD = "1".repeat(64);
    private static final String NEW = "0".repeat(64);
    private static final List<String> HISTORIES = List.of("a b<a c<b", "a b<a c<b d<b", "a b<a c<b e<a", "a b<a c<a",
            "a b<a c<a m<b,c");
    private static final List<String[]> ROWS = List.of(new String[]{"a"}, new String[]{"b"}, new String[]{"c"},
            new String[]{"d"}, new String[]{"c", "d"}, new String[]{"e"}, new String[]{"m"}, new String[]{});
    private static final List<List<ProposedMerge>> MERGES = List.of(List.of(),
            new DrawnProject().environment("any").scripts("git", 1, HISTORIES.get(3)).proposed(false).seen().merges());
    private static final List<List<PipelineDemand>> PIPELINES = List.of(List.of(),
            List.of(new PipelineDemand(EnvironmentSelector.named("e1", "e2"), Instant.EPOCH)),
            List.of(new PipelineDemand(EnvironmentSelector.labelled(EnvironmentSnapshot.GROUP, "apart"),
                    Instant.EPOCH)));
    private static final History PLAIN = new DrawnProject().environment("any").seen().history();
    private static final List<History> EDITED = List.of(PLAIN,
            new DrawnProject().environment("e1").seen("git", 1, OLD, "b<a")
                    .environment("e2").seen("git", 2, NEW, "b<a").seen().history(),
            new DrawnProject().environment("e1").seen("git", 1, OLD, "b<a").seen("git", 1, OLD, "c<a")
                    .environment("e2").seen("git", 2, NEW, "b<a").seen("git", 3, NEW, "c<b").seen().history());

    private final Map<String, DrawnProject> drawn = new HashMap<>();
    private final Map<String, @Nullable SchemaSeen> live = new HashMap<>();
    private final Schemas schemas = new SchemaComparisons((_, it) -> Optional.ofNullable(live.get(it))).of("shop");

    /** The same one for the same place: what did not change is not another. */
    private DrawnProject environment(String name, Random random) {
        // Most are at one place, so that there are large sides and small ones.
        boolean usual = random.nextBoolean();
        int history = usual ? 0 : random.nextInt(HISTORIES.size());
        int rows = usual ? 2 : random.nextInt(ROWS.size());
        int schema = random.nextInt(usual ? 2 : 4);
        boolean own = random.nextInt(3) == 0;
        boolean apart = random.nextInt(5) == 0;
        boolean other = random.nextInt(4) == 0;
        boolean old = random.nextInt(8) == 0;
        boolean form = random.nextInt(8) == 0;
        return drawn.computeIfAbsent(List.of(name, history, rows, schema, own, apart, other, old, form).toString(),
                _ -> {
                    DrawnProject one = new DrawnProject().environment(name);
                    if (apart) {
                        one.label(EnvironmentSnapshot.GROUP, "apart");
                    }
                    one.scripts("image", 1, old ? OLD : NEW, HISTORIES.get(history)).rows(ROWS.get(rows)).ran(5, "b");
                    if (other) {
                        one.scripts("git:1", 2, HISTORIES.getFirst());
                    }
                    if (schema > 0) {
                        one.schema(form ? SchemaSnapshot.FORM + 1 : SchemaSnapshot.FORM, own ? name : "public", "t",
                                "t" + schema);
                    }
                    return one;
                });
    }

    private static EnvironmentSnapshot snapshot(DrawnProject project, String name) {
        return Objects.requireNonNull(project.seen().environments().get(name));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_changes(long seed) {
        Random random = new Random(seed);
        PersistentMap<EnvironmentSnapshot> environments = PersistentMap.empty();
        ProjectEvaluation evaluation = new ProjectEvaluation();
        Set<DivergenceCode> found = EnumSet.noneOf(DivergenceCode.class);
        History history = PLAIN;
        List<PipelineDemand> pipelines = List.of();
        List<ProposedMerge> merges = List.of();
        int most = 4 + random.nextInt(20);
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(40)) {
                case 0 -> history = EDITED.get(random.nextInt(EDITED.size()));
                case 1 -> merges = MERGES.get(random.nextInt(MERGES.size()));
                case 2 -> pipelines = PIPELINES.get(random.nextInt(PIPELINES.size()));
                default -> {
                    for (int i = random.nextInt(5) == 0 ? 4 : 0; i >= 0; i--) {
                        String name = "e" + random.nextInt(most);
                        if (random.nextInt(8) == 0) {
                            environments = environments.minus(name);
                        } else {
                            DrawnProject one = environment(name, random);
                            environments = environments.plus(name, snapshot(one, name));
                            live.put(name, one.schemaOf(name));
                        }
                    }
                }
            }
            ProjectSnapshot now = new ProjectSnapshot(environments, history, schemas, pipelines, merges);
            PersistentMap<RuleResult> results = evaluation.evaluate(now);
            assertThat(results).as("seed %d, step %d", seed, step).isEqualTo(ProjectRules.evaluate(now));
            results.values().forEach(it -> it.findings().forEach(finding -> found.add(finding.code())));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(ProjectRules.codes());
    }

    private ProjectSnapshot project(PersistentMap<EnvironmentSnapshot> environments) {
        return new ProjectSnapshot(environments, PLAIN, schemas, List.of(), List.of());
    }

    /** A project of two large sides, a fork, and a schema that only a few have. */
    private PersistentMap<EnvironmentSnapshot> large(int count) {
        PersistentMap<EnvironmentSnapshot> environments = PersistentMap.empty();
        for (int i = 0; i < count; i++) {
            String name = "e%04d".formatted(i);
            DrawnProject one = new DrawnProject().environment(name).scripts("image", 1, "a b<a c<b d<b")
                    .rows(i % 20 == 0 ? "d" : "c").schema(name, "t", i % 10 == 3 ? "t1" : "t2");
            environments = environments.plus(name, snapshot(one, name));
            live.put(name, one.schemaOf(name));
        }
        return environments;
    }

    /** Counts how often a rule judges an environment. */
    private record Counting(ProjectRule rule, AtomicInteger judged) implements ProjectRule {
        @Override
        public DivergenceCode code() {
            return rule.code();
        }

        @Override
        public Optional<List<Finding>> findings(EnvironmentSnapshot here, ProjectSnapshot project) {
            judged.incrementAndGet();
            return rule.findings(here, project);
        }

        @Override
        public Collection<String> update(ProjectSnapshot project, List<Change> changes) {
            return rule.update(project, changes);
        }
    }

    @Test
    void one_change_judges_one_environment() {
        AtomicInteger judged = new AtomicInteger();
        ProjectEvaluation evaluation = new ProjectEvaluation(() -> ProjectRules.all().stream()
                .<ProjectRule>map(rule -> new Counting(rule, judged)).toList());
        PersistentMap<EnvironmentSnapshot> environments = large(400);
        PersistentMap<RuleResult> before = evaluation.evaluate(project(environments));
        assertThat(before.values()).flatExtracting(RuleResult::findings).extracting(Finding::code)
                .contains(DivergenceCode.FORKED, DivergenceCode.SCHEMA_DIFFERS);
        judged.set(0);

        // From one row to an earlier one: it parts from the fork neither before nor after.
        EnvironmentSnapshot changed = snapshot(
                new DrawnProject().environment("new").scripts("image", 1, "a b<a").rows("b"),
                "new");
        PersistentMap<RuleResult> after = evaluation.evaluate(project(environments.plus("new", changed)));

        assertThat(after.differing(before)).containsExactly("new");
        assertThat(judged).hasValue(ProjectRules.codes().size());
        assertThat(evaluation.evaluate(project(environments.plus("new", changed)))).isSameAs(after);
        assertThat(judged).hasValue(ProjectRules.codes().size());
    }

    @Test
    void after_a_failure_everything_is_judged() {
        PersistentMap<EnvironmentSnapshot> environments = large(60);
        ProjectEvaluation evaluation = new ProjectEvaluation();
        evaluation.evaluate(project(environments));
        Schemas broken = new Schemas() {
            @Override
            public Optional<String> nameless(EnvironmentSnapshot environment) {
                throw new IllegalStateException("The database does not answer.");
            }

            @Override
            public Optional<SchemaDifference> difference(EnvironmentSnapshot from, EnvironmentSnapshot to) {
                return Optional.empty();
            }
        };
        EnvironmentSnapshot moved = snapshot(new DrawnProject().environment("e0000")
                .scripts("image", 1, "a b<a c<b d<b").rows("c").schema("e0000", "t", "t3"), "e0000");
        PersistentMap<EnvironmentSnapshot> others = environments.plus("e0000", moved).minus("e0001");

        assertThatThrownBy(() -> evaluation
                .evaluate(new ProjectSnapshot(others, PLAIN, broken, List.of(), List.of())))
                .hasMessage("The database does not answer.");

        assertThat(evaluation.evaluate(project(environments.minus("e0002"))))
                .isEqualTo(ProjectRules.evaluate(project(environments.minus("e0002"))));
    }

    @Test
    void a_schema_that_was_read_too_late_is_compared_once_it_is_known() {
        PersistentMap<EnvironmentSnapshot> environments = large(20);
        live.put("e0001", new DrawnProject().environment("e0001").schema("e0001", "other").schemaOf("e0001"));
        ProjectEvaluation evaluation = new ProjectEvaluation();
        evaluation.evaluate(project(environments));

        live.put("e0001", new DrawnProject().environment("e0001").schema("e0001", "t", "t2").schemaOf("e0001"));
        ProjectSnapshot now = project(environments.minus("e0002"));

        assertThat(evaluation.evaluate(now)).isEqualTo(ProjectRules.evaluate(now));
    }
}
