package dev.migrationledger.core.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.position.RandomHistory.Spice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Histories made up from seeds: stopped at every set of revisions that there can be, then damaged. */
class RandomPositionsTest {

    private static final int HISTORIES = 3 * Integer.getInteger("sweeps", 100);

    private static final String BY_HAND = "by_hand";

    private static final List<Spice> SPICES = List.of(Spice.NONE, Spice.CONDITIONAL, Spice.OPAQUE);

    @Test
    void the_candidates_are_just_those_sets_that_leave_the_same_schema() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            RandomHistory history = new RandomHistory(seed, 1 + seed % 9, Spice.NONE);
            List<BitSet> sets = history.sets();
            List<SchemaSnapshot> schemas = sets.stream().map(set -> history.at(set).snapshot()).toList();
            for (int i = 0; i < sets.size(); i++) {
                Set<List<String>> same = new HashSet<>();
                for (int j = 0; j < sets.size(); j++) {
                    if (schemas.get(j).equals(schemas.get(i))) {
                        same.add(history.rows(sets.get(j)));
                    }
                }
                SchemaEvidence evidence = evidence(history, schemas.get(i));
                assertThat(evidence.physical().candidates()).as("seed %d, set %s", seed, sets.get(i))
                        .containsExactlyInAnyOrderElementsOf(same);
                assertThat(evidence.against(history.rows(sets.get(i)))).isEmpty();
                assertThat(evidence.physical().unexplained()).isEmpty();
            }
        }
    }

    @Test
    void the_truth_is_among_the_candidates_where_effects_are_uncertain() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            for (Spice spice : List.of(Spice.CONDITIONAL, Spice.OPAQUE)) {
                RandomHistory history = new RandomHistory(seed, 1 + seed % 9, spice);
                for (BitSet set : history.sets()) {
                    SchemaEvidence evidence = evidence(history, history.at(set).snapshot());
                    assertThat(evidence.physical().candidates()).as("seed %d, %s, set %s", seed, spice, set)
                            .contains(history.rows(set));
                    assertThat(evidence.against(history.rows(set))).isEmpty();
                }
            }
        }
    }

    @Test
    void the_truth_is_among_the_nearest_when_one_object_is_damaged() {
        int judged = 0;
        int made = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            RandomHistory history = new RandomHistory(seed, 1 + seed % 9, Spice.NONE);
            Random random = new Random(seed);
            List<BitSet> sets = history.sets();
            Set<SchemaSnapshot> schemas = new HashSet<>();
            sets.forEach(set -> schemas.add(history.at(set).snapshot()));
            for (BitSet set : sets) {
                made++;
                Simulated database = history.at(set);
                String damage = damage(database, history.at(sets.get(random.nextInt(sets.size()))), random);
                SchemaSnapshot schema = database.snapshot();
                // With a table by another name it may be another state with an added table.
                Simulated without = database.copy();
                without.things.keySet().stream().filter(one -> one.name().equals(BY_HAND)).toList()
                        .forEach(without::drop);
                if (!damage.isEmpty() && !schemas.contains(schema) && !schemas.contains(without.snapshot())) {
                    PhysicalState physical = evidence(history, schema).physical();
                    assertThat(physical.nearest()).as("seed %d, set %s, %s", seed, set, damage)
                            .contains(history.rows(set));
                    judged++;
                }
            }
        }
        assertThat(judged).as("of %d damaged schemas, those that are no other state", made).isGreaterThan(made / 4);
    }

    @Test
    void the_nearest_are_all_sets_of_least_cost() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            RandomHistory made = new RandomHistory(seed, 1 + seed % 9, SPICES.get(seed % 3));
            Random random = new Random(seed);
            List<BitSet> sets = made.sets();
            Simulated database = made.at(sets.get(random.nextInt(sets.size())));
            for (int damages = 0; damages < 4; damages++) {
                damage(database, made.at(sets.get(random.nextInt(sets.size()))), random);
            }
            IndexedHistory history = new IndexedHistory(made.graph(), made.footprints);
            TimelineBuilder fold = TimelineBuilder.of(history, "public");
            SnapshotMatcher shown = new SnapshotMatcher(database.snapshot(), fold);
            List<Contradiction> contradictions = Contradictions.of(history, fold.timelines(), shown,
                    new Excuses(history, fold.timelines().values(), null, new BitSet(), List.of()));
            List<BitSet> best = new ArrayList<>();
            long least = Long.MAX_VALUE;
            for (BitSet numbered : sets) {
                BitSet set = history.implied(made.rows(numbered));
                long cost = contradictions.stream()
                        .mapToLong(contradiction -> switch (contradiction.against(set).weight()) {
                            case NONE -> 0;
                            case NAMED -> 1;
                            case ASSUMED -> 10;
                            case HARD -> 35;
                        }).sum();
                if (cost < least) {
                    best.clear();
                    least = cost;
                }
                if (cost == least) {
                    best.add(set);
                }
            }
            assertThat(new CandidateSearch(history, contradictions).nearest().sets()).as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(best);
        }
    }

    private static SchemaEvidence evidence(RandomHistory history, SchemaSnapshot schema) {
        return SchemaEvidence.of(history.graph(), history.footprints, schema, null, null, Map.of());
    }

    /** Says what was done; empty: nothing could be. */
    private static String damage(Simulated database, Simulated other, Random random) {
        List<ObjectName> objects = new ArrayList<>(database.things.keySet());
        List<ObjectName> others = new ArrayList<>(other.things.keySet());
        others.removeAll(objects);
        ObjectName object = objects.isEmpty() ? null : objects.get(random.nextInt(objects.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                if (object != null) {
                    database.drop(object);
                    return object + " dropped";
                }
            }
            case 1 -> {
                if (object != null && object.kind() == ObjectKind.COLUMN) {
                    database.run(Scene.alters(object.kind(), object.table() + "." + object.name(), "type", "inet"));
                    return object + " altered";
                }
            }
            case 2 -> {
                if (object != null) {
                    database.rename(object, new ObjectName(object.kind(), null, object.table(), BY_HAND));
                    return object + " renamed";
                }
            }
            default -> {
                if (!others.isEmpty()) {
                    return borrowed(database, other, others.get(random.nextInt(others.size())));
                }
            }
        }
        return "";
    }

    /** Makes what another set of revisions makes; a table with all its columns. */
    private static String borrowed(Simulated database, Simulated other, ObjectName object) {
        Simulated.Thing thing = other.things.get(object);
        boolean possible = thing != null && (object.kind() == ObjectKind.TABLE || object.kind() == ObjectKind.ENUM
                || (database.has(ObjectKind.TABLE, thing.table()) && thing.columns().stream().allMatch(
                        column -> database.has(ObjectKind.COLUMN, thing.table() + "." + column))));
        boolean untyped = other.things.entrySet().stream().anyMatch(one -> object.name().equals(one.getKey().table())
                && other.has(ObjectKind.ENUM, one.getValue().type())
                && !database.has(ObjectKind.ENUM, one.getValue().type()));
        if (!possible || thing == null || untyped) {
            return "";
        }
        database.things.put(object, thing);
        if (object.kind() == ObjectKind.TABLE) {
            other.things.forEach((name, part) -> {
                if (object.name().equals(name.table())) {
                    database.things.putIfAbsent(name, part);
                }
            });
        }
        return object + " created";
    }
}
