package dev.migrationledger.agent.spool;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562) that only ever grow, even if the clock is moved back: the 12 bits behind the milliseconds
 * count, and when they are used up or time stands still, the milliseconds run ahead of the clock. For one thread at a time.
 */
final class GrowingIds {

    private static final int COUNTER_BITS = 12;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    // Milliseconds and counter as one number, so that a counter that overflows moves the time.
    private long last;

    /** @param last {@link #last()} of the generator before, or 0 */
    GrowingIds(Clock clock, long last) {
        this.clock = clock;
        this.last = last;
    }

    UUID next() {
        last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
        long high = (last >>> COUNTER_BITS) << 16 | 0x7000L | (last & ((1L << COUNTER_BITS) - 1));
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    long last() {
        return last;
    }
}
