package dev.migrationledger.ledger.recording.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What recorded events add up to, in tables of its own. Every bean of this type is written once per batch in the transaction that records
 * the events: both are there or neither. It must not fail on anything that can be recorded. A view can be rebuilt from the events at any
 * time, and compared with them.
 *
 * <p>A view keeps one state for each environment, each project or all of them. While it is rebuilt, events come stream by stream: a state that
 * several streams change must not depend on the order between them.
 *
 * @param <T> whose state it keeps: environments, projects, or {@link StreamId} for several kinds
 * @param <S> one state; immutable
 */
public interface View<T extends StreamId, S> {

    /** In {@code ledger.view_form}; for good. */
    String name();

    /** Raise it when the view keeps something else, or makes something else of the same events: it is rebuilt at the next start. */
    int form();

    /** Whose state an event changes; empty where it changes none. */
    Optional<T> target(RecordedEvent event);

    /** Before the first event. */
    S initial(T target);

    /**
     * What is stored; of what these events do not change it may leave out any part. Nobody else writes it before the transaction ends.
     *
     * @param events those that follow
     */
    S load(T target, List<RecordedEvent> events);

    /** After a batch. Pure. */
    S evolve(S state, Batch batch);

    /** Stores the difference between two states. */
    void write(S before, S after);

    /** Whether exactly this is stored, where it is all that the events of its target add up to. */
    boolean isStored(S state);

    /** Removes all that is stored for a target. */
    void delete(T target);

    /** Those of which anything is stored. */
    Set<T> stored();

    /** Removes what is derived from events in passing and is made again when needed, before anything is rebuilt. */
    default void beforeRebuild() {}
}
