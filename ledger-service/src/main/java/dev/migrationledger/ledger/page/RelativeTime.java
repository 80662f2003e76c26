package dev.migrationledger.ledger.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people say them. */
public final class RelativeTime {

    private static final DateTimeFormatter ABSOLUTE = DateTimeFormatter
            .ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RelativeTime() {}

    /** As in {@code 3 minutes ago}. An agent's clock may be ahead of the ledger's: that is said, not hidden. */
    public static String of(Instant then, Instant now) {
        Duration since = Duration.between(then, now);
        if (since.compareTo(Duration.ofSeconds(-2)) < 0) {
            return "in " + amount(since.negated()) + " by its agent's clock";
        }
        return since.compareTo(Duration.ofSeconds(2)) < 0 ? "just now" : amount(since) + " ago";
    }

    public static String absolute(Instant then) {
        return ABSOLUTE.format(then);
    }

    private static String amount(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " seconds";
        }
        if (seconds < 2 * 3_600) {
            return seconds / 60 + " minutes";
        }
        if (seconds < 2 * 86_400) {
            return seconds / 3_600 + " hours";
        }
        return seconds / 86_400 + " days";
    }
}
