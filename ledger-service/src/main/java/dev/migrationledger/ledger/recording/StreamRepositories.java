package dev.migrationledger.ledger.recording;

import dev.migrationledger.ledger.recording.store.RecordingSerializer;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;

/** One repository for each kind of stream, made when it is first asked for. */
final class StreamRepositories {

    /** Part of the heap that each kind of stream may take. */
    private static final int CACHE = 16;

    private final EventStore store;
    private final SnapshotWriter snapshots;
    private final RecordingSerializer serializer;
    private final Map<StreamState<?>, Repository<?>> made = new ConcurrentHashMap<>();
    private final Map<Class<? extends StreamId>, StreamState<?>> kinds = new ConcurrentHashMap<>();

    StreamRepositories(EventStore store, RecordingSerializer serializer) {
        this.store = store;
        this.snapshots = new SnapshotWriter(store);
        this.serializer = serializer;
    }

    /**
     * The repository of a stream.
     *
     * @throws IllegalStateException if the streams of this kind have another state: a stored one would be taken for the other
     */
    @SuppressWarnings("unchecked") // A state's repository is made for it.
    <S> Repository<StreamAggregate<S>> of(StreamState<S> state, StreamId stream) {
        StreamState<?> known = kinds.putIfAbsent(stream.getClass(), state);
        if (known != null && !known.equals(state)) {
            throw new IllegalStateException("Streams of %s have the state %s; make %s a part of it.".formatted(
                    stream.getClass().getSimpleName(), known.type().getSimpleName(), state.type().getSimpleName()));
        }
        return (Repository<StreamAggregate<S>>) made.computeIfAbsent(state, this::make);
    }

    private <S> Repository<StreamAggregate<S>> make(StreamState<S> state) {
        serializer.add(state);
        return new StreamRepository<>(state, store, snapshots, Runtime.getRuntime().maxMemory() / CACHE);
    }
}
