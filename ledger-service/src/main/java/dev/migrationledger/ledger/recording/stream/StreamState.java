package dev.migrationledger.ledger.recording.stream;

import dev.migrationledger.contracts.envelope.RecordedEvent;

/**
 * What decisions about one kind of stream need to know of its past. The kernel caches it and stores it now and then, so that not all
 * events are read each time.
 *
 * @param <S> an immutable type that Jackson writes and reads
 */
public interface StreamState<S> {

    Class<S> type();

    /** Raise it when the type or what {@link #evolve} makes of events changes: stored states of another form are not read. */
    int form();

    /** Before the first event. */
    S initial();

    /** After one more event. Pure. */
    S evolve(S state, RecordedEvent event);

    /** Estimated bytes of memory. */
    int weight(S state);
}
