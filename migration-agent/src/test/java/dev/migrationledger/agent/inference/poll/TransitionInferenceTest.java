package dev.migrationledger.agent.inference.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.observation.Trace;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.agent.inference.EvidenceText;
import dev.migrationledger.agent.inference.RevisionFootprints;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TransitionInferenceTest {

    private static final CatalogEvidence NONE = new CatalogEvidence(Map.of(), false, true);
    private static final CatalogEvidence SCHEMA = new CatalogEvidence(Map.of(), true, true);

    private static final Location HERE = new Location(1, null, null);

    /** A line of four, forked after b, merged in m; x is a branch of its own that y needs. */
    private static final RevisionGraph GRAPH = graph("a", "b: a", "c: b", "d: c", "e: b", "m: d e", "x", "y: x + b");

    @Test
    void nothing_happened_if_the_rows_are_the_same() {
        assertThat(inferredSteps("b", "b", SCHEMA)).isEmpty();
        assertThat(inferredSteps("", "", SCHEMA)).isEmpty();
        assertThat(inferredSteps("missing", "", SCHEMA)).isEmpty();
    }

    @Test
    void one_step_up_with_a_trace_was_applied() {
        assertThat(inferredSteps("a", "b", wrote("b"))).containsExactly("applied b (xmin, presumed)");
        assertThat(inferredSteps("a", "b", SCHEMA)).containsExactly("applied b (schema-difference, presumed)");
    }

    @Test
    void a_step_is_certain_where_the_transaction_of_its_row_made_what_only_it_makes() {
        assertThat(inferredSteps("a", "b", TransitionInferenceTest::footprint, made("b", "b")))
                .containsExactly("applied b (xmin, certain)");
        assertThat(inferredSteps("b", "d", TransitionInferenceTest::footprint, made("d", "c", "d")))
                .containsExactly("applied c inferred (xmin, certain)", "applied d (xmin, certain)");
    }

    @Test
    void a_step_is_presumed_where_another_made_what_it_makes() {
        assertThat(inferredSteps("a", "b", TransitionInferenceTest::footprint, became(List.of("b"), List.of())))
                .containsExactly("applied b (schema-difference, presumed)");
        CatalogEvidence other = new CatalogEvidence(Map.of("tx-b", new Trace("9001", List.of(), Set.of())), true, true,
                List.of(),
                new ObjectChanges(Set.of(table("b")), Set.of(), List.of(), null));
        assertThat(inferredSteps("a", "b", TransitionInferenceTest::footprint, other))
                .containsExactly("applied b (xmin, presumed)");
    }

    @Test
    void a_step_is_presumed_where_a_way_back_to_it_may_have_written_the_same() {
        assertThat(inferredSteps("b", "c", TransitionInferenceTest::touching, made("c", "c")))
                .containsExactly("applied c (xmin, presumed)");
    }

    @Test
    void what_leaves_no_sign_that_should_was_stamped() {
        assertThat(inferredSteps("d", "b", TransitionInferenceTest::footprint, made("b", "b")))
                .containsExactly("stamped [b] for [d] (schema-difference, presumed)");
        assertThat(inferredSteps("a", "b", TransitionInferenceTest::footprint, became(List.of("x"), List.of())))
                .containsExactly("stamped [b] for [a] (schema-difference, presumed)");
        assertThat(inferredSteps("d", "a", TransitionInferenceTest::footprint, became(List.of("x"), List.of())))
                .containsExactly("stamped [a] for [d] (schema-difference, presumed)");
    }

    @Test
    void of_a_way_only_what_left_a_sign_ran() {
        assertThat(inferredSteps("a", "d", TransitionInferenceTest::footprint, made("d", "d"))).containsExactly(
                "stamped [c] for [a] (schema-difference, presumed)", "applied d (xmin, certain)");
        assertThat(inferredSteps("a", "d", TransitionInferenceTest::footprint, became(List.of("b"), List.of())))
                .containsExactly(
                        "applied b inferred (schema-difference, presumed)",
                        "stamped [d] for [a] (schema-difference, presumed)");
        assertThat(inferredSteps("d", "a", TransitionInferenceTest::footprint, became(List.of(), List.of("d"))))
                .containsExactly(
                        "reverted d (schema-difference, presumed)",
                        "stamped [a] for [d] (schema-difference, presumed)");
    }

    @Test
    void a_schema_that_is_not_watched_refutes_nothing() {
        CatalogEvidence elsewhere = new CatalogEvidence(Map.of(), true, true, List.of(),
                new ObjectChanges(Set.of(), Set.of(), List.of("app"), null));
        assertThat(inferredSteps("a", "b", TransitionInferenceTest::footprint, elsewhere))
                .containsExactly("applied b (schema-difference, presumed)");
    }

    @Test
    void steps_between_polls_are_inferred_parents_first() {
        assertThat(inferredSteps("", "d", wrote("d")))
                .containsExactly("applied a inferred (xmin, presumed)", "applied b inferred (xmin, presumed)",
                        "applied c inferred (xmin, presumed)", "applied d (xmin, presumed)");
        assertThat(inferredSteps("missing", "b", SCHEMA))
                .containsExactly("applied a inferred (schema-difference, presumed)",
                        "applied b (schema-difference, presumed)");
    }

    @Test
    void a_way_up_without_a_trace_was_stamped() {
        assertThat(inferredSteps("a", "d", NONE)).containsExactly("stamped [d] for [a] (poll, presumed)");
        assertThat(inferredSteps("missing", "d", NONE)).containsExactly("stamped [d] for [] (poll, presumed)");
    }

    @Test
    void catalogs_that_could_not_be_searched_prove_no_stamp() {
        assertThat(inferredSteps("a", "b", new CatalogEvidence(Map.of(), false, false)))
                .containsExactly("applied b (poll, presumed)");
    }

    @Test
    void a_way_down_with_a_trace_was_reverted_children_first() {
        assertThat(inferredSteps("d", "b", SCHEMA))
                .containsExactly("reverted d (schema-difference, presumed)",
                        "reverted c inferred (schema-difference, presumed)");
        assertThat(inferredSteps("d", "c", wrote("c"))).containsExactly("reverted d (xmin, presumed)");
        assertThat(inferredSteps("a", "", SCHEMA)).containsExactly("reverted a (schema-difference, presumed)");
    }

    @Test
    void a_way_down_without_a_trace_was_stamped() {
        assertThat(inferredSteps("d", "b", NONE)).containsExactly("stamped [b] for [d] (poll, presumed)");
        assertThat(inferredSteps("d", "", NONE)).containsExactly("stamped [] for [d] (poll, presumed)");
        assertThat(inferredSteps("d x", "x", NONE)).containsExactly("stamped [x] for [d] (poll, presumed)");
    }

    @Test
    void from_one_side_of_a_fork_to_the_other_is_down_and_up() {
        assertThat(inferredSteps("d", "e", wrote("e")))
                .containsExactly("reverted d (xmin, presumed)", "reverted c inferred (xmin, presumed)",
                        "applied e (xmin, presumed)");
        assertThat(inferredSteps("d", "e", NONE)).containsExactly("stamped [e] for [d] (poll, presumed)");
    }

    @Test
    void a_merge_that_changes_nothing_is_presumed_to_have_run() {
        assertThat(inferredSteps("d e", "m", NONE)).containsExactly("applied m (poll, presumed)");
        assertThat(inferredSteps("m", "d e", NONE)).containsExactly("reverted m (poll, presumed)");
        assertThat(inferredSteps("d e", "m", wrote("m"))).containsExactly("applied m (xmin, presumed)");
    }

    @Test
    void a_stamp_across_a_merge_is_no_merge() {
        assertThat(inferredSteps("d", "m", NONE)).containsExactly("stamped [m] for [d] (poll, presumed)");
        assertThat(inferredSteps("m", "d", NONE)).containsExactly("stamped [d] for [m] (poll, presumed)");
    }

    @Test
    void of_several_heads_each_is_judged_by_its_own_writer() {
        assertThat(inferredSteps("b", "d e", wrote("d")))
                .containsExactly("applied c inferred (xmin, presumed)", "applied d (xmin, presumed)",
                        "stamped [e] for [b] (poll, presumed)");
        assertThat(inferredSteps("b", "d e", wrote("d", "e")))
                .containsExactlyInAnyOrder("applied c inferred (xmin, presumed)", "applied d (xmin, presumed)",
                        "applied e (xmin, presumed)");
    }

    @Test
    void dependencies_are_steps_too() {
        assertThat(inferredSteps("a", "y", wrote("y")))
                .containsExactlyInAnyOrder("applied b inferred (xmin, presumed)", "applied x inferred (xmin, presumed)",
                        "applied y (xmin, presumed)");
    }

    @Test
    void a_row_that_the_scripts_do_not_know_is_classified_by_its_trace_alone() {
        assertThat(inferredSteps("b", "zzz", wrote("zzz"))).containsExactly("applied zzz (xmin, presumed)");
        assertThat(inferredSteps("b", "zzz", NONE)).containsExactly("stamped [zzz] for [b] (poll, presumed)");
        assertThat(inferredSteps("zzz", "", SCHEMA)).containsExactly("reverted zzz (schema-difference, presumed)");
    }

    @Test
    void coming_from_an_unknown_row_no_ancestors_are_inferred() {
        assertThat(inferredSteps("zzz", "d", wrote("d"))).containsExactly("applied d (xmin, presumed)");
    }

    @Test
    void beside_an_unknown_row_known_steps_are_still_followed() {
        assertThat(inferredSteps("zzz a", "zzz c", wrote("c")))
                .containsExactly("applied b inferred (xmin, presumed)", "applied c (xmin, presumed)");
        assertThat(inferredSteps("zzz c", "zzz b", SCHEMA)).containsExactly("reverted c (schema-difference, presumed)");
    }

    @Test
    void rows_that_contain_one_another_were_written_by_hand() {
        assertThat(inferredSteps("a", "a c", NONE)).containsExactly("edited [a] to [a, c]");
        assertThat(inferredSteps("a", "a c", wrote("c")))
                .containsExactly("edited [a] to [a, c]", "applied b inferred (xmin, presumed)",
                        "applied c (xmin, presumed)");
        assertThat(inferredSteps("a c", "c", NONE)).containsExactly("stamped [c] for [a] (poll, presumed)");
    }

    @Test
    void the_same_row_twice_was_written_by_hand() {
        assertThat(inferredSteps("a", "a a", NONE)).containsExactly("edited [a] to [a, a]");
        assertThat(inferredSteps("a a", "a", NONE)).containsExactly("stamped [a] for [] (poll, presumed)");
    }

    @Test
    void a_version_table_that_is_gone_was_dropped() {
        assertThat(inferredSteps("d", "missing", SCHEMA)).containsExactly("edited [d] to []");
        assertThat(inferredSteps("", "missing", SCHEMA)).containsExactly("edited [] to []");
    }

    @Test
    void a_first_poll_classifies_each_row_and_infers_nothing() {
        assertThat(TransitionInference.atFirst(seen("d e"), wrote("d")).stream().map(TransitionInferenceTest::words))
                .containsExactly("applied d (xmin, presumed)", "stamped [e] for [] (xmin, presumed)");
        assertThat(TransitionInference.atFirst(seen("d"), new CatalogEvidence(Map.of(), false, false))).isEmpty();
        assertThat(TransitionInference.atFirst(seen("missing"), NONE)).isEmpty();
    }

    @Test
    void an_observed_step_is_dated_by_its_commit_and_an_inferred_one_is_not() {
        List<DatedEvent> steps = TransitionInference.between(seen("a"), seen("c"), GRAPH, RevisionFootprints.NONE,
                wrote("c"));

        assertThat(steps.getFirst().committedAt()).isNull();
        assertThat(steps.getLast().committedAt()).isEqualTo(Instant.EPOCH);
    }

    /** In every case the steps lead from what counted before to what counts now. */
    @Test
    void steps_always_lead_from_the_rows_before_to_the_rows_after() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            RevisionGraph graph = randomGraph(random);
            VersionTableSnapshot before = seen(rows(graph, random));
            VersionTableSnapshot after = seen(rows(graph, random));

            Set<String> counts = new HashSet<>(graph.implied(before.versions()));
            for (DatedEvent step : TransitionInference.between(before, after, graph, RevisionFootprints.NONE, SCHEMA)) {
                switch (step.event()) {
                    case RevisionApplied applied -> {
                        Set<String> needs = new HashSet<>(graph.ancestors(List.of(applied.revision())));
                        needs.remove(applied.revision());
                        assertThat(counts).as("seed %d", seed).containsAll(needs).doesNotContain(applied.revision());
                        counts.add(applied.revision());
                    }
                    case RevisionReverted reverted -> assertThat(counts.remove(reverted.revision()))
                            .as("seed %d", seed).isTrue();
                    default -> throw new AssertionError(seed + ": " + step);
                }
            }
            assertThat(counts).as("seed %d", seed).isEqualTo(graph.implied(after.versions()));
        }
    }

    private static List<String> inferredSteps(
            String before, String after, CatalogEvidence traces) {
        return inferredSteps(before, after, RevisionFootprints.NONE, traces);
    }

    private static List<String> inferredSteps(String before, String after, RevisionFootprints footprints,
            CatalogEvidence traces) {
        return TransitionInference.between(seen(before), seen(after), GRAPH, footprints, traces).stream()
                .map(TransitionInferenceTest::words)
                .toList();
    }

    /** Each row is written by the transaction of its own name. */
    private static CatalogEvidence wrote(String... rows) {
        return new CatalogEvidence(
                Arrays.stream(rows)
                        .collect(Collectors.toMap(row -> "tx-" + row, row -> new Trace("9001", List.of(), Set.of()))),
                false, true);
    }

    /** The transaction of the row made the last of these tables, and all of them came between the polls. */
    private static CatalogEvidence made(String row, String... tables) {
        Set<ObjectName> made = Arrays.stream(tables).map(TransitionInferenceTest::table).collect(Collectors.toSet());
        return new CatalogEvidence(Map.of("tx-" + row, new Trace("9001", List.of(), made)), true, true, List.of(),
                new ObjectChanges(made, Set.of(), List.of(), null));
    }

    /** Nothing was written by a transaction that wrote a row. */
    private static CatalogEvidence became(List<String> created, List<String> dropped) {
        return new CatalogEvidence(Map.of(), true, true, List.of(), new ObjectChanges(
                created.stream().map(TransitionInferenceTest::table).collect(Collectors.toSet()),
                dropped.stream().map(TransitionInferenceTest::table).collect(Collectors.toSet()), List.of(), null));
    }

    /** Each revision makes a table of its own, and its way back drops it. */
    private static Optional<Footprint> footprint(String revision) {
        ObjectName table = ObjectName.table(null, "t_" + revision);
        return Optional.of(new Footprint(
                new Effects(List.of(new Effect.Create(table, Definition.unknown(ObjectKind.TABLE), false,
                        Condition.ALWAYS, HERE))),
                new Effects(List.of(new Effect.Drop(table, false, Condition.ALWAYS, HERE)))));
    }

    /** The same, and the way back of d alters the table of c. */
    private static Optional<Footprint> touching(String revision) {
        return !revision.equals("d")
                ? footprint(revision)
                : footprint(revision).map(own -> new Footprint(own.upgrade(), new Effects(List.of(
                        new Effect.Alter(ObjectName.column(null, "t_c", "size"), List.of(), Condition.ALWAYS, HERE)))));
    }

    private static ObjectName table(String revision) {
        return ObjectName.table("public", "t_" + revision);
    }

    private static VersionTableSnapshot seen(String rows) {
        if (rows.equals("missing")) {
            return VersionTableSnapshot.nothing("public.alembic_version");
        }
        List<String> versions = rows.isEmpty() ? List.of() : Arrays.stream(rows.split(" ", -1)).sorted().toList();
        return new VersionTableSnapshot(
                new VersionTable(
                        "public.alembic_version",
                        versions.isEmpty() ? VersionTable.State.EMPTY : VersionTable.State.PRESENT,
                        versions),
                versions.stream().map(row -> new VersionRow(row, "tx-" + row, Instant.EPOCH)).toList());
    }

    private static String words(DatedEvent step) {
        AgentEvent event = step.event();
        return switch (event) {
            case RevisionApplied it ->
                "applied " + it.revision() + inferred(it.inferred()) + " " + EvidenceText.of(it.evidence());
            case RevisionReverted it ->
                "reverted " + it.revision() + inferred(it.inferred()) + " " + EvidenceText.of(it.evidence());
            case RevisionStamped it ->
                "stamped " + it.revisions() + " for " + it.replaced() + " " + EvidenceText.of(it.evidence());
            case VersionTableEdited it -> "edited " + it.before() + " to " + it.after();
            default -> throw new AssertionError(event);
        };
    }

    private static String inferred(boolean inferred) {
        return inferred ? " inferred" : "";
    }

    /** {@code id: parents + dependencies}. */
    private static RevisionGraph graph(String... drawn) {
        return RevisionGraph.of(Arrays.stream(drawn)
                .map(line -> {
                    String[] parts = (line + (line.contains(":") ? "" : ":")).split("[:+]", -1);
                    return revision(
                            parts[0].strip(), ids(parts[1]), parts.length > 2 ? ids(parts[2]) : List.of());
                })
                .toList());
    }

    private static List<String> ids(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" ", -1));
    }

    private static Revision revision(String id, List<String> parents, List<String> dependsOn) {
        return new Revision(id, parents, dependsOn, List.of(), null, id + ".py", "digest");
    }

    private static RevisionGraph randomGraph(Random random) {
        List<Revision> revisions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Set<String> parents = new HashSet<>();
            for (int p = random.nextInt(3); p > 0 && i > 0; p--) {
                parents.add("r" + random.nextInt(i));
            }
            revisions.add(revision("r" + i, List.copyOf(parents), List.of()));
        }
        return RevisionGraph.of(revisions);
    }

    /** Some revisions, without those that another of them implies: what a version table can hold. */
    private static String rows(RevisionGraph graph, Random random) {
        Set<String> rows = new HashSet<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            rows.add("r" + random.nextInt(12));
        }
        rows.removeAll(graph.overlapping(rows));
        return String.join(" ", rows);
    }
}
