package dev.migrationledger.ledger.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who showed wrong codes too often, by address. Forgotten after a minute, and at a restart. */
final class FailedAttempts {

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Of one address within the window. */
    static final int MOST = 10;

    /** More than these are not counted: the longest ago goes. */
    private static final int MOST_ADDRESSES = 10_000;

    private final Clock clock;
    private final Map<String, Attempts> attempts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Attempts(Instant first, int count) {}

    FailedAttempts(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean tooMany(String address) {
        Attempts before = attempts.get(address);
        return before != null && before.count() >= MOST && isRecent(before);
    }

    synchronized void failed(String address) {
        Attempts before = attempts.remove(address);
        attempts.put(address, before != null && isRecent(before)
                ? new Attempts(before.first(), before.count() + 1)
                : new Attempts(clock.instant(), 1));
    }

    private boolean isRecent(Attempts before) {
        return clock.instant().isBefore(before.first().plus(WINDOW));
    }
}
