package dev.migrationledger.contracts.envelope;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids of events: UUID version 7 (RFC 9562), which sort by the time they were made. */
public final class EventIds {

    private EventIds() {}

    public static UUID next(Instant now, RandomGenerator random) {
        long timeVersionRandom = (now.toEpochMilli() << 16) | 0x7000 | (random.nextLong() & 0x0FFF);
        long variantRandom = (random.nextLong() >>> 2) | (1L << 63);
        return new UUID(timeVersionRandom, variantRandom);
    }
}
