package dev.migrationledger.core.query;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A time as it is written after a key. What it covers depends on when and where it is read.
 *
 * @param from null where it is open
 * @param to null where it is open; equal to {@code from} for a single time
 * @param afterFrom whether it begins at the end of {@code from}
 * @param beforeTo whether it ends at the beginning of {@code to}
 */
public record TimeRange(@Nullable TimePoint from, @Nullable TimePoint to, boolean afterFrom, boolean beforeTo,
        QueryKey.TimeUse use) {

    /** What it covers. */
    public TimeInterval resolve(Instant now, ZoneId zone) {
        Instant start = from == null ? null : afterFrom ? from.end(now, zone) : from.start(now, zone);
        Instant end = to == null ? null : beforeTo ? to.start(now, zone) : to.end(now, zone);
        return switch (use) {
            case SINCE -> new TimeInterval(start, null);
            case UNTIL -> new TimeInterval(null, end);
            // "7d" alone is the last seven days, and not the instant a week ago.
            case WITHIN -> from instanceof TimePoint.Ago && from.equals(to)
                    ? new TimeInterval(start, now)
                    : new TimeInterval(start, end);
        };
    }

    /** Whether it covers nothing, whenever it is read. */
    boolean isSurelyEmpty() {
        if (from == null || to == null || from.isRelative() || to.isRelative()) {
            return false;
        }
        TimeInterval interval = resolve(Instant.EPOCH, ZoneOffset.UTC);
        return interval.from() != null && interval.to() != null && !interval.from().isBefore(interval.to());
    }

    String text() {
        if (afterFrom && from != null) {
            return ">" + from.text();
        }
        if (beforeTo && to != null) {
            return "<" + to.text();
        }
        if (from != null && from.equals(to)) {
            return from.text();
        }
        return (from == null ? "" : from.text()) + ".." + (to == null ? "" : to.text());
    }
}
