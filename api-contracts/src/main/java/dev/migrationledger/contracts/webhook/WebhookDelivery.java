package dev.migrationledger.contracts.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of a webhook, and what became of it.
 *
 * @param id in the header {@code webhook-id}; the same for each attempt and after a replay
 * @param project absent: all projects
 * @param environments that it is about
 * @param notices how many things it reports
 * @param firstPosition of the events that it is about, in the log
 * @param lastPosition likewise
 * @param attempts how often it was sent
 * @param nextAttempt absent: it is not sent any more
 * @param lastAnswer a status, or why there was none; absent: it was not sent yet
 * @param endedAt when it was accepted or given up; absent: neither
 */
public record WebhookDelivery(
        String id, State state, @Nullable String project, List<String> environments, int notices,
        long firstPosition, long lastPosition, Instant createdAt, int attempts, @Nullable Instant nextAttempt,
        @Nullable String lastAnswer, @Nullable Instant endedAt) {

    public WebhookDelivery {
        environments = List.copyOf(environments);
    }

    public enum State {
        /** It is sent, or sent again, when its time comes. */
        WAITING,
        /** The receiver answered with a status from 200 to 299. */
        ACCEPTED,
        /** It was refused or unanswered for three days. */
        GIVEN_UP
    }

    /**
     * What a replay does.
     *
     * @param messages how many are sent again
     * @param from position of the first event that is in one of them; absent: there are none
     */
    public record Replay(int messages, @Nullable Long from) {}
}
