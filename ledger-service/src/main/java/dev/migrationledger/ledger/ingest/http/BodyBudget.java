package dev.migrationledger.ledger.ingest.http;

import dev.migrationledger.ledger.problem.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** How many bytes of JSON may be in the works at once, however few they were when they came in compressed. */
public final class BodyBudget {

    /** What is recorded takes about this many bytes of heap for each byte of its JSON until it is answered. */
    private static final int HEAP_PER_BYTE = 16;

    private final int bytes;
    private final Semaphore free;

    private BodyBudget(int bytes) {
        this.bytes = bytes;
        this.free = new Semaphore(bytes);
    }

    /** @param heap how many bytes there are for everything */
    static BodyBudget of(long heap) {
        return new BodyBudget((int) Math.min(Integer.MAX_VALUE, heap / HEAP_PER_BYTE));
    }

    public Share share() {
        return new Share();
    }

    /** What one request has taken. */
    public final class Share implements AutoCloseable {
        private int taken;

        private Share() {}

        /**
         * Takes room for so many bytes more.
         *
         * @throws Refusal if there will never be so much for one body, or is not now
         */
        void add(int more) {
            if (taken + more > bytes) {
                throw RequestBody.tooLarge(bytes);
            }
            if (!free.tryAcquire(more)) {
                throw Refusal.unavailable(
                        "The ledger is still recording %,d bytes of other batches; try again."
                                .formatted(bytes - free.availablePermits()),
                        Duration.ofSeconds(1), null);
            }
            taken += more;
        }

        @Override
        public void close() {
            free.release(taken);
            taken = 0;
        }
    }
}
