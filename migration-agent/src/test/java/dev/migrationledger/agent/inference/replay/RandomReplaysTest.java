package dev.migrationledger.agent.inference.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.CapturedChange.Operation;
import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.agent.inference.replay.Transition.Captured;
import dev.migrationledger.agent.inference.replay.Transition.Uncaptured;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Generated histories with random changes, replayed and compared with what really happened. */
class RandomReplaysTest {

    private static final int REVISIONS = 12;

    @Test
    void every_migration_with_effects_is_recognised_and_no_stamp_is_taken_for_one() {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            RevisionGraph graph = graph(random);
            SimulatedAlembic alembic = new SimulatedAlembic(graph, _ -> true);
            for (int command = 0; command < 8; command++) {
                act(alembic, random);
            }

            TransactionReplay account = account(VersionTableRows.MISSING, alembic.captured.changes, alembic.rows(),
                    graph, _ -> true);

            assertThat(replayed(account)).as("seed %d", seed).isEqualTo(alembic.truth);
            assertThat(account.hasGaps()).as("seed %d", seed).isFalse();
        }
    }

    @Test
    void revisions_that_do_nothing_are_never_certain() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            RevisionGraph graph = graph(random);
            Predicate<String> leavesWork = revision -> Math.floorMod(revision.hashCode(), 3) != 0;
            SimulatedAlembic alembic = new SimulatedAlembic(graph, leavesWork);
            for (int command = 0; command < 8; command++) {
                act(alembic, random);
            }

            TransactionReplay account = account(VersionTableRows.MISSING, alembic.captured.changes, alembic.rows(),
                    graph, leavesWork);

            assertThat(account.hasGaps()).as("seed %d", seed).isFalse();
            assertThat(certain(account)).as("seed %d", seed).isEqualTo(alembic.truth.stream()
                    .filter(what -> !what.equals("stamped") && leavesWork.test(what.substring(what.indexOf(' ') + 1)))
                    .toList());
        }
    }

    @Test
    void edits_by_hand_are_reported_one_by_one_and_once_across_polls() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            RevisionGraph graph = graph(random);
            SimulatedAlembic alembic = new SimulatedAlembic(graph, _ -> true);
            VersionTableRows before = VersionTableRows.MISSING;
            int seen = 0;
            List<String> replayed = new ArrayList<>();
            for (int command = 0; command < 10; command++) {
                if (random.nextInt(4) == 0) {
                    byHand(alembic, random);
                } else {
                    act(alembic, random);
                }
                if (random.nextBoolean()) {
                    TransactionReplay account = account(before,
                            alembic.captured.changes.subList(seen, alembic.captured.changes.size()), alembic.rows(),
                            graph, _ -> true);
                    assertThat(account.hasGaps()).as("seed %d", seed).isFalse();
                    replayed.addAll(replayed(account));
                    before = alembic.rows();
                    seen = alembic.captured.changes.size();
                }
            }
            replayed.addAll(replayed(account(before,
                    alembic.captured.changes.subList(seen, alembic.captured.changes.size()), alembic.rows(), graph,
                    _ -> true)));

            assertThat(replayed).as("seed %d", seed).isEqualTo(alembic.truth);
        }
    }

    /** With any losses, the rest leads from the rows before to the rows now without a hole. */
    @Test
    void lost_changes_leave_uncaptured_transitions_and_invent_no_migration() {
        int explained = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            RevisionGraph graph = graph(random);
            SimulatedAlembic alembic = new SimulatedAlembic(graph, _ -> true);
            for (int command = 0; command < 6; command++) {
                act(alembic, random);
            }
            Set<String> lost = new HashSet<>();
            alembic.captured.changes.forEach(change -> {
                if (random.nextInt(5) == 0) {
                    lost.add(change.actor().transaction());
                }
            });
            List<CapturedChange> left = alembic.captured.changes.stream()
                    .filter(change -> !lost.contains(change.actor().transaction())).toList();

            TransactionReplay account = account(VersionTableRows.MISSING, left, alembic.rows(), graph, _ -> true);

            Set<String> rows = new HashSet<>();
            Set<String> followed = new HashSet<>();
            for (Transition transition : account.transitions()) {
                if (transition instanceof Uncaptured uncaptured) {
                    assertThat(rows).as("seed %d", seed).isEqualTo(Set.copyOf(uncaptured.before().versions()));
                    rows.clear();
                    rows.addAll(uncaptured.after().versions());
                    explained++;
                } else if (transition instanceof Captured capturedStep && followed.add(capturedStep.transaction())) {
                    left.stream()
                            .filter(change -> change.actor().transaction().equals(capturedStep.transaction()))
                            .forEach(change -> make(change, rows));
                }
            }
            assertThat(rows).as("seed %d", seed).isEqualTo(alembic.rows);
            assertThat(alembic.truth).as("seed %d", seed).containsAll(certain(account));
        }
        assertThat(explained).as("transitions of 1,000 histories that lost changes").isGreaterThan(500);
    }

    private static void make(CapturedChange change, Set<String> rows) {
        if (change.before() != null) {
            rows.remove(change.before());
        }
        if (change.after() != null) {
            rows.add(change.after());
        }
    }

    private static void act(SimulatedAlembic alembic, Random random) {
        String target = "r" + random.nextInt(REVISIONS);
        switch (random.nextInt(5)) {
            case 0 -> alembic.upgrade(target, random.nextBoolean());
            case 1 -> alembic.upgrade(target, true);
            case 2 -> alembic.downgradeBelow(target);
            case 3 -> alembic.stamp(target);
            default -> alembic.stampPurged(target);
        }
    }

    private static void byHand(SimulatedAlembic alembic, Random random) {
        if (alembic.rows.isEmpty()) {
            return;
        }
        String row = List.copyOf(alembic.rows).get(random.nextInt(alembic.rows.size()));
        alembic.captured.begin().add(Operation.DELETE, row, null,
                "delete from alembic_version where version_num = '" + row + "'");
        alembic.rows.remove(row);
        alembic.truth.add("edited");
    }

    private static TransactionReplay account(
            VersionTableRows before, List<CapturedChange> changes, VersionTableRows now, RevisionGraph graph,
            Predicate<String> leavesWork) {
        Effects some = new Effects(List.of(new Effect.Create(ObjectName.table(null, "t"), Definition.Table.UNKNOWN,
                false, Condition.ALWAYS, Location.line(1))));
        return TransactionReplay.of(before, changes, now, new ReplayContext(graph,
                revision -> Optional.of(leavesWork.test(revision) ? new Footprint(some, some) : Footprint.NONE),
                CapturedLog.TABLE, false));
    }

    private static List<String> replayed(TransactionReplay account) {
        return account.transitions().stream()
                .filter(Captured.class::isInstance)
                .map(transition -> what((Captured) transition))
                .toList();
    }

    /** Migrations only. */
    private static List<String> certain(TransactionReplay account) {
        return account.transitions().stream()
                .filter(transition -> EventText.of(transition).matches("(applied|reverted) .*, certain\\)"))
                .map(transition -> what((Captured) transition))
                .toList();
    }

    private static String what(Captured capturedStep) {
        return switch (capturedStep.event()) {
            case RevisionApplied it -> "applied " + it.revision();
            case RevisionReverted it -> "reverted " + it.revision();
            case RevisionStamped _ -> "stamped";
            case VersionTableEdited _ -> "edited";
            default -> throw new AssertionError(capturedStep);
        };
    }

    private static RevisionGraph graph(Random random) {
        List<Revision> revisions = new ArrayList<>();
        for (int i = 0; i < REVISIONS; i++) {
            Set<String> parents = new HashSet<>();
            for (int p = random.nextInt(3); p > 0 && i > 0; p--) {
                parents.add("r" + random.nextInt(i));
            }
            List<String> dependsOn = i > 0 && random.nextInt(5) == 0 ? List.of("r" + random.nextInt(i)) : List.of();
            revisions.add(DrawnHistory.revision("r" + i, List.copyOf(parents), dependsOn, List.of()));
        }
        return RevisionGraph.of(revisions);
    }
}
