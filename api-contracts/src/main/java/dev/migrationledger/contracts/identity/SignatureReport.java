package dev.migrationledger.contracts.identity;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events of an environment a kept signature proves, checked when this is asked for.
 *
 * @param events ranges of events, by agent, epoch and sequence; neighbours of one outcome and one key are one range
 */
public record SignatureReport(String project, String environment, List<CheckedEvents> events) {
    public SignatureReport {
        events = List.copyOf(events);
    }

    /** What became of the check. */
    public enum Outcome {
        /** The key signed these events as the ledger has them. */
        VERIFIED,
        /** The key signed the digest of a batch, and an operator withdrew the content of one of its events. */
        CONTENT_WITHDRAWN,
        /** The key signed the digest of a batch, and the events that the ledger has do not make this digest. */
        EVENTS_DIFFER,
        /** The key did not sign what is kept. */
        WRONG_SIGNATURE,
        /** The ledger knows no such key. */
        UNKNOWN_KEY,
        /** No signature is kept: they came with an access token, in a session of a pipeline, or without sign-in. */
        UNSIGNED
    }

    /**
     * Events of one agent, in sequence.
     *
     * @param key that signed them; absent: none did
     * @param keyName what the key is called in the ledger
     */
    public record CheckedEvents(
            String agent, UUID epoch, long firstSequence, long lastSequence, Outcome outcome, @Nullable String key,
            @Nullable String keyName) {}
}
