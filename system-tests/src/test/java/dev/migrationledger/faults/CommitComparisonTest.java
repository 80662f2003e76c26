package dev.migrationledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.faults.Committed.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What would be wrong is found. */
class CommitComparisonTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Set<Duration> RIGHT = Set.of(Duration.ZERO);
    private static final UUID EPOCH = UUID.randomUUID();

    private static final Committed FIRST = new Committed(Kind.UPGRADE, List.of("r1"), List.of("r1"), "7", NOON,
            NOON.plusSeconds(1));
    private static final Committed SECOND = new Committed(Kind.STAMP, List.of(), List.of("r5"), "8",
            NOON.plusSeconds(10),
            NOON.plusSeconds(11));

    private final CommitComparison comparison = new CommitComparison();

    @Test
    void a_true_story_has_nothing_wrong() {
        List<RecordedEvent> recorded = List.of(observed(1), applied(2, "r1", "7"), observed(3, "r1"),
                stamped(4, "r5", "8"),
                observed(5, "r5"));
        comparison.sequences(recorded);
        comparison.captured("owned", recorded, List.of(FIRST, SECOND));
        comparison.compareStates("owned", recorded, List.of(FIRST, SECOND));
        comparison.conclusions("owned", recorded, List.of(FIRST, SECOND), RIGHT);
        assertThat(comparison.wrong()).isEmpty();
        assertThat(comparison.counts()).containsEntry("owned certain", 2);
    }

    @Test
    void a_hole_an_event_twice_and_a_lost_spool_are_found() {
        RecordedEvent first = applied(1, "r1", "7");
        comparison.sequences(List.of(first, observed(3, "r1")));
        comparison.sequences(List.of(first, first));
        comparison.sequences(List.of(first, event(EPOCH, 2, first), event(UUID.randomUUID(), 1, first)));
        assertThat(comparison.wrong()).hasSize(4).anyMatch(it -> it.startsWith("the sequence of"))
                .anyMatch(it -> it.startsWith("twice")).anyMatch(it -> it.contains("lost its spool 1 times"));
    }

    @Test
    void a_transaction_that_is_missing_and_one_in_another_order_are_found() {
        List<RecordedEvent> other = List.of(stamped(1, "r5", "8"), observed(2, "r5"), applied(3, "r1", "7"),
                observed(4, "r1"));
        comparison.captured("owned", other.subList(2, 4), List.of(FIRST, SECOND));
        assertThat(comparison.wrong()).hasSize(2);
        comparison.captured("owned", other, List.of(FIRST, SECOND));
        assertThat(comparison.wrong()).hasSize(4);
        comparison.compareStates("owned", other, List.of(FIRST, SECOND));
        assertThat(comparison.wrong()).hasSize(5);
    }

    @Test
    void what_is_certain_and_did_not_happen_is_found() {
        comparison.conclusions("owned", List.of(applied(1, "r5", "8"), applied(2, "r1", "9")), List.of(FIRST, SECOND),
                RIGHT);
        assertThat(comparison.wrong()).hasSize(2).allMatch(it -> it.startsWith("owned certain and wrong"));
        // By the time that it names, where its transaction was not captured.
        RevisionApplied applied = new RevisionApplied("r1", false,
                new Evidence(Method.XMIN, Certainty.CERTAIN, List.of()));
        comparison.conclusions("looking",
                List.of(event(1, applied, Occurrence.between(NOON.plusSeconds(2), NOON.plusSeconds(20)))),
                List.of(FIRST, SECOND), RIGHT);
        assertThat(comparison.wrong()).hasSize(3);
        comparison.conclusions("looking", List.of(event(1, applied, Occurrence.between(NOON, NOON.plusSeconds(20)))),
                List.of(FIRST, SECOND), RIGHT);
        assertThat(comparison.wrong()).hasSize(3);
    }

    @Test
    void a_time_by_a_clock_that_was_moved_is_compared_with_that_offset() {
        RevisionApplied applied = new RevisionApplied("r1", false,
                new Evidence(Method.XMIN, Certainty.CERTAIN, List.of()));
        Instant tomorrow = NOON.plus(Duration.ofDays(1));
        List<RecordedEvent> recorded = List
                .of(event(1, applied, Occurrence.between(tomorrow, tomorrow.plusSeconds(1))));

        comparison.conclusions("looking", recorded, List.of(FIRST), Set.of(Duration.ZERO, Duration.ofDays(1)));
        assertThat(comparison.wrong()).isEmpty();
        comparison.conclusions("looking", recorded, List.of(FIRST), RIGHT);
        assertThat(comparison.wrong()).hasSize(1);
    }

    private static RecordedEvent applied(long sequence, String revision, String transaction) {
        return event(sequence, new RevisionApplied(revision, false, by(transaction)), Occurrence.exactly(NOON));
    }

    private static RecordedEvent stamped(long sequence, String revision, String transaction) {
        return event(sequence, new RevisionStamped(List.of(revision), List.of(), by(transaction)),
                Occurrence.exactly(NOON.plusSeconds(10)));
    }

    private static RecordedEvent observed(long sequence, String... rows) {
        VersionTable.State state = rows.length == 0 ? VersionTable.State.EMPTY : VersionTable.State.PRESENT;
        return event(sequence,
                new VersionTableObserved(new VersionTable("public.alembic_version", state, List.of(rows))),
                Occurrence.exactly(NOON));
    }

    private static Evidence by(String transaction) {
        return new Evidence(Method.TRIGGER, Certainty.CERTAIN, List.of(),
                new Attribution(new Attribution.Actor("app", "alembic", "127.0.0.1", 1, transaction), null, List.of()));
    }

    private static RecordedEvent event(long sequence, AgentEvent event, Occurrence when) {
        return new RecordedEvent(UUID.randomUUID(), "faults", "owned",
                new RecordedEvent.Origin("agent", EPOCH, sequence, NOON), when, NOON, event);
    }

    private static RecordedEvent event(UUID epoch, long sequence, RecordedEvent as) {
        return new RecordedEvent(UUID.randomUUID(), "faults", "owned",
                new RecordedEvent.Origin("agent", epoch, sequence, NOON), as.occurredAt(), NOON, as.event());
    }
}
