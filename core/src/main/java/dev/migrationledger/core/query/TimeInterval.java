package dev.migrationledger.core.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From an instant until before another one.
 *
 * @param from null for the beginning of time
 * @param to null for its end
 */
public record TimeInterval(@Nullable Instant from, @Nullable Instant to) {

    public boolean contains(Instant instant) {
        return (from == null || !instant.isBefore(from)) && (to == null || instant.isBefore(to));
    }
}
