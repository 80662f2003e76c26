package dev.migrationledger.ledger.schema;

import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.ledger.recording.store.TypedEvents;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Live schemas as they were at a moment, folded from what agents reported; as they are now, from the stored views. */
public final class PastSchemas {

    /** Each is a difference from the one before. If there are more, the first of these may follow one that is not read: then no schema is known. */
    private static final int MOST = 2_000;

    private final SchemaViews views;
    private final TypedEvents events;

    PastSchemas(SchemaViews views, TypedEvents events) {
        this.views = views;
        this.events = events;
    }

    /**
     * The live schema of an environment; empty where no agent had reported one.
     *
     * @param at what had happened by then; absent: everything
     * @param knownAt what the ledger had recorded by then; absent: everything
     */
    public Optional<SchemaSeen> find(
            String project, String environment, @Nullable Instant at, @Nullable Instant knownAt) {
        if (at == null && knownAt == null) {
            return views.find(project, environment).flatMap(SchemaView::schema);
        }
        return SchemaView.empty(project, environment)
                .after(events.latest(StreamId.of(project, environment), SchemaObserved.class, MOST).stream()
                        .filter(event -> at == null || !event.occurredAt().at().isAfter(at))
                        .filter(event -> knownAt == null || !event.recordedAt().isAfter(knownAt))
                        .toList())
                .schema();
    }
}
