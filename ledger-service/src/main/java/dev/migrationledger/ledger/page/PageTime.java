package dev.migrationledger.ledger.page;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time on a page. The fragments {@code parts :: time} and {@code times :: moment} show it; the script of the pages then shows it in the
 * reader's zone.
 *
 * @param relative as people say it
 * @param absolute in UTC, to the second; empty if it never happened
 * @param exact as HTML wants it; absent if it never happened
 */
public record PageTime(String relative, String absolute, @Nullable Instant exact) {

    /** For a page that shows the moment itself. */
    public static PageTime exactly(Instant at) {
        return new PageTime(RelativeTime.absolute(at), RelativeTime.absolute(at), at);
    }

    public static PageTime of(@Nullable Instant at, Instant now) {
        return at == null
                ? new PageTime("never", "", null)
                : new PageTime(RelativeTime.of(at, now), RelativeTime.absolute(at), at);
    }
}
