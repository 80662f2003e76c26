package dev.migrationledger.contracts.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries that a query finds, the newest first, and how far that can be relied on.
 *
 * @param query as the ledger read it
 * @param zone in which its times are
 * @param searched what was searched for this page
 * @param completeThrough every event up to here is in the audit
 * @param older the cursor for what was recorded before the searched range; absent: everything was searched
 * @param ended why the page ends where it ends
 * @param blind times in which agents could not see, in the searched range and the environments of the query; the latest first, at most
 *     {@link #MOST_BLIND}
 * @param moreBlind how many there are beyond those
 * @param warnings names in the query that the ledger does not know, in the order of the text, at most {@link #MOST_WARNINGS}. An answer without entries then
 *     does not show that nothing happened
 */
public record AuditPage(
        String query, String zone, List<AuditEntry> entries, Range searched, Through completeThrough,
        @Nullable Long older, Ended ended, List<BlindTime> blind, long moreBlind,
        List<QueryWarning> warnings) {

    public static final int MOST_BLIND = 20;
    public static final int MOST_WARNINGS = 10;

    public AuditPage {
        entries = List.copyOf(entries);
        blind = List.copyOf(blind);
        warnings = List.copyOf(warnings);
    }

    /** Why a page ends. */
    public enum Ended {
        /** It has as many entries as were asked for. */
        PAGE_FULL,
        /** It has as many bytes as an answer may have. */
        ANSWER_LARGE,
        /** It searched as long as a request may; {@code older} goes on. */
        TIME_SPENT,
        /** Everything was searched. */
        ALL_SEARCHED
    }

    /**
     * Positions of the log, both included, with the times at which they were recorded.
     *
     * @param from absent where the audit has no event yet
     */
    public record Range(long first, long last, @Nullable Instant from, @Nullable Instant to) {}

    /**
     * How far the audit has come.
     *
     * @param position of the last event; 0: none yet
     * @param recordedAt absent where there is none yet
     * @param behind the greatest position of the log is greater by this; 0: nothing is missing
     */
    public record Through(long position, @Nullable Instant recordedAt, long behind) {}

    /**
     * A time in which no agent could see a database. What happened then is known by its outcome only.
     *
     * @param environment absent where several environments of the project are in the same case
     * @param environments how many there are
     * @param agent that could not see; absent: no agent watched
     * @param from the first of all; absent: from the beginning
     * @param until the last of all; absent: it lasts still
     * @param reason in one clause
     */
    public record BlindTime(
            String project, @Nullable String environment, long environments, @Nullable String agent,
            @Nullable Instant from, @Nullable Instant until, String reason) {

        /** {@code navbot/production}, or {@code 12 environments of navbot}. */
        public String where() {
            return environment == null
                    ? "%d environments of %s".formatted(environments, project)
                    : project + "/" + environment;
        }
    }
}
