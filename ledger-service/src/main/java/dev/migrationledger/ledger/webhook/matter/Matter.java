package dev.migrationledger.ledger.webhook.matter;

import dev.migrationledger.contracts.webhook.WebhookKind;
import dev.migrationledger.contracts.webhook.WebhookMessage.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one webhook reported of a matter, and what it has still to report: the difference between both. What began and ended meanwhile is no news. Pure.
 *
 * @param newest what is known of it
 * @param reported the facets that were reported; absent: it is not reported as open
 * @param reportedAt when it was reported last; absent: never
 * @param changes how often it was reported lately
 * @param dueAt when the difference is reported; absent: there is none
 * @param firstPosition of the first event that makes the difference
 */
public record Matter(
        MatterReport newest, @Nullable Set<String> reported, @Nullable Instant reportedAt, int changes,
        @Nullable Instant dueAt, long firstPosition) {

    /** So long a message waits for others that belong into it. */
    public static final Duration WINDOW = Duration.ofSeconds(30);

    /** Of something that comes and goes, each further message waits four times as long. */
    private static final int SLOWER = 4;

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** What was reported before that is forgotten. */
    private static final Duration LATELY = Duration.ofHours(1);

    /** A deploy that is blocked for the same reasons so much later is another one. */
    private static final Duration ANOTHER_DEPLOY = Duration.ofHours(12);

    public Matter {
        reported = reported == null ? null : Collections.unmodifiableSet(new TreeSet<>(reported));
    }

    /**
     * After one more report.
     *
     * @param before absent: nothing is known of it
     * @param since when the webhook was added: what began earlier was never reported, and is no news
     * @param message when the next message is made
     * @return empty: there is nothing to know
     */
    static Optional<Matter> after(
            @Nullable Matter before, MatterReport report, Instant since, Instant now, Instant message) {
        if (before == null) {
            Instant begun = report.begun();
            return !report.open()
                    ? Optional.empty()
                    : Optional.of(begun != null && begun.isBefore(since)
                            ? new Matter(report, report.facets(), null, 0, null, report.position())
                            : new Matter(report, null, null, 0, message, report.position()));
        }
        return Optional.of(before.after(report, now, message));
    }

    private Matter after(MatterReport report, Instant now, Instant message) {
        if (report.position() <= newest.position()) {
            return this; // The log is followed at least once.
        }
        int lately = isLately(now, LATELY) ? changes : 0;
        Matter next = new Matter(report.after(newest), reported, reportedAt, lately, null, report.position());
        if (next.change(now).isEmpty()) {
            return next;
        }
        return dueAt == null
                ? new Matter(next.newest, reported, reportedAt, lately, later(now.plus(pause(lately)), message, lately),
                        report.position())
                : new Matter(next.newest, reported, reportedAt, lately, dueAt, firstPosition);
    }

    private static Instant later(Instant own, Instant message, int changes) {
        return changes <= 1 ? message : own;
    }

    /** One begin and one end are reported at once; what comes again waits. */
    static Duration pause(int changes) {
        Duration pause = WINDOW;
        for (int i = 1; i < changes && pause.compareTo(LONGEST_WAIT) < 0; i++) {
            pause = pause.multipliedBy(SLOWER);
        }
        return pause.compareTo(LONGEST_WAIT) < 0 ? pause : LONGEST_WAIT;
    }

    /** Whether it waits longer than others, because it came and went. */
    boolean isDamped() {
        return changes > 1;
    }

    /** What there is to report; empty: nothing. */
    public Optional<Change> change(Instant now) {
        Set<String> known = reported;
        if (!newest.open()) {
            return known == null ? Optional.empty() : Optional.of(Change.ENDED);
        }
        if (known == null) {
            return Optional.of(Change.BEGAN);
        }
        boolean another = newest.kind() == WebhookKind.DEPLOY_BLOCKED && !isLately(now, ANOTHER_DEPLOY);
        return known.containsAll(newest.facets()) && !another ? Optional.empty() : Optional.of(Change.WORSENED);
    }

    private boolean isLately(Instant now, Duration span) {
        Instant last = reportedAt;
        return last != null && last.plus(span).isAfter(now);
    }

    /** After it was put into a message. */
    Matter reported(Instant now) {
        Set<String> all = new TreeSet<>(newest.facets());
        if (reported != null) {
            all.addAll(reported);
        }
        return new Matter(newest, newest.open() ? all : null, now, changes + 1, null, newest.position());
    }
}
