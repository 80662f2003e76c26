package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From when each environment of a page of events is known, and from when an agent watched it. Mutable, and pure. */
final class WatchTimes {

    /** The mode of an agent that observes all the time. */
    private static final String WATCH = "watch";

    private final Map<StreamId.Environment, Known> known = new LinkedHashMap<>();

    /**
     * What events say of an environment.
     *
     * @param firstAt when its database was observed first; null: they do not observe it
     * @param watchedFrom when an agent began to watch it; null: none began
     */
    record Known(@Nullable Instant firstAt, @Nullable Instant watchedFrom) {
        private Known with(@Nullable Instant first, @Nullable Instant watched) {
            return new Known(earlier(firstAt, first), earlier(watchedFrom, watched));
        }

        private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
            return one == null ? other : other == null || one.isBefore(other) ? one : other;
        }
    }

    void note(RecordedEvent recorded) {
        if (recorded.project() == null || recorded.environment() == null
                || !(recorded.event() instanceof AgentEvent event)) {
            return;
        }
        Instant at = recorded.occurredAt().at();
        boolean watches = event instanceof AgentStarted started && started.mode().equals(WATCH);
        StreamId.Environment target = StreamId.of(recorded.project(), recorded.environment());
        known.put(target, known.getOrDefault(target, new Known(null, null))
                .with(observes(event) ? at : null, watches ? at : null));
    }

    /** Whether an agent looked at the database for it. */
    private static boolean observes(AgentEvent event) {
        return switch (event) {
            case RevisionApplied _,RevisionReverted _,RevisionStamped _,VersionTableObserved _,VersionTableEdited _,SchemaObserved _ ->
                true;
            case AgentStarted _,AgentStopped _,ScriptsScanned _,RevisionFilesRead _,RevisionAuthorsRead _,HeadDetected _,ObservationGap _,RunStarted _,RunEnded _ ->
                false;
        };
    }

    Map<StreamId.Environment, Known> known() {
        return known;
    }
}
