package dev.migrationledger.contracts.webhook;

import dev.migrationledger.contracts.diagnosis.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message in JSON, in the form of Standard Webhooks.
 *
 * @param type {@link #CHANGES} or {@link #TEST}
 * @param timestamp when the message was made
 */
public record WebhookMessage(String type, Instant timestamp, Content data) {

    public static final String CHANGES = "migration-ledger.changes";

    public static final String TEST = "migration-ledger.test";

    /** At most so many notices are in a message; the rest is counted. */
    public static final int MOST_NOTICES = 100;

    /**
     * What happened.
     *
     * @param project absent: all projects
     * @param summary one sentence
     * @param omitted how many more notices there were
     */
    public record Content(@Nullable String project, String summary, List<Notice> notices, int omitted) {
        public Content {
            notices = List.copyOf(notices);
        }
    }

    /** What became of the matter of a notice. */
    public enum Change {
        BEGAN,
        /** It was reported before, and is worse or another now. */
        WORSENED,
        ENDED
    }

    /**
     * One thing that happened.
     *
     * @param environment absent: it concerns the whole project
     * @param code of a divergence; absent for other kinds
     * @param severity of a divergence; absent for other kinds
     * @param sentence for people
     * @param at when it happened
     * @param position of its event in the log
     * @param link to the page that shows it; only a path where the ledger does not know its own address
     */
    public record Notice(
            WebhookKind kind, Change change, @Nullable String environment, @Nullable String code,
            @Nullable Severity severity, String sentence, Instant at, long position, String link) {}
}
