package dev.migrationledger.ledger.recording;

import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One command at a time for each stream, in the order in which they came. Who waits here holds no connection of the pool yet:
 * many who wait for one stream would otherwise keep every other from its own.
 */
final class StreamQueues {

    /** Well below the number of requests that are served at once: the others must get through. */
    static final int MOST = 24;

    private static final class Queue {
        final ReentrantLock lock = new ReentrantLock(true);
        int users;
    }

    private final ConcurrentMap<StreamId, Queue> queues = new ConcurrentHashMap<>();

    /** @throws StreamBusy if too many wait already */
    <R> R inTurn(StreamId stream, Supplier<R> command) {
        Queue queue = queues.compute(stream, (_, known) -> {
            Queue one = known == null ? new Queue() : known;
            if (one.users >= MOST) {
                throw new StreamBusy(stream, one.users);
            }
            one.users++;
            return one;
        });
        try {
            queue.lock.lock();
            try {
                return command.get();
            } finally {
                queue.lock.unlock();
            }
        } finally {
            queues.compute(stream, (_, _) -> --queue.users == 0 ? null : queue);
        }
    }
}
