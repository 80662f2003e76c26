package dev.migrationledger.ledger.evidence;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.SignatureReport.CheckedEvents;
import dev.migrationledger.contracts.identity.SignatureReport.Outcome;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.evidence.KeptSignatures.Kept;
import dev.migrationledger.ledger.evidence.KeptSignatures.SigningKey;
import dev.migrationledger.ledger.identity.SignatureCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks the signatures of one epoch of an agent while its events pass in sequence. Keeps the events of one batch. */
final class EpochSignatures {

    private final Origin origin;
    private final Iterator<Kept> left;
    private final Function<String, Optional<SigningKey>> keys;
    private final Deque<RecordedEvent> latest = new ArrayDeque<>();
    private final List<CheckedEvents> checked = new ArrayList<>();
    private @Nullable Kept next;
    private long checkedUntil;
    private long last;

    /**
     * The epoch of an event.
     *
     * @param kept the signatures of this epoch, by last sequence and then as they came
     * @param keys gives a key by its id
     */
    EpochSignatures(Origin origin, List<Kept> kept, Function<String, Optional<SigningKey>> keys) {
        this.origin = origin;
        this.left = kept.iterator();
        this.keys = keys;
        this.checkedUntil = origin.sequence() - 1;
        advance();
    }

    private void advance() {
        next = left.hasNext() ? left.next() : null;
        if (next == null) {
            latest.clear();
        }
    }

    /** One more event of this epoch. */
    void add(RecordedEvent event) {
        last = sequence(event);
        if (next == null) {
            return;
        }
        latest.add(event);
        if (latest.size() > EventBatch.MAX_EVENTS) {
            latest.removeFirst();
        }
        for (Kept kept = next; kept != null && kept.lastSequence() <= last; kept = next) {
            check(kept);
            advance();
        }
    }

    /** All that was checked, up to the last event. */
    List<CheckedEvents> end() {
        add(checkedUntil + 1, last, Outcome.UNSIGNED, null, null);
        return checked;
    }

    private void check(Kept kept) {
        SigningKey key = keys.apply(kept.signature().key()).orElse(null);
        Outcome outcome = key == null
                ? Outcome.UNKNOWN_KEY
                : SignatureCheck.signs(kept.signature(), Purpose.BATCH, kept.digest(), key.publicKey())
                        ? events(kept)
                        : Outcome.WRONG_SIGNATURE;
        boolean isNew = kept.lastSequence() > checkedUntil;
        // What an agent sends again has another time of sending, which the ledger keeps of the first one only.
        if (!isNew && (outcome == Outcome.EVENTS_DIFFER || outcome == Outcome.VERIFIED)) {
            return;
        }
        add(checkedUntil + 1, Math.min(kept.firstSequence() - 1, kept.lastSequence()), Outcome.UNSIGNED, null, null);
        add(isNew ? Math.max(kept.firstSequence(), checkedUntil + 1) : kept.firstSequence(), kept.lastSequence(),
                outcome,
                kept.signature().key(), key == null ? null : key.name());
    }

    private Outcome events(Kept kept) {
        List<RecordedEvent> events = latest.stream().filter(event -> sequence(event) >= kept.firstSequence()
                && sequence(event) <= kept.lastSequence()).toList();
        List<AgentEnvelope> envelopes = new ArrayList<>();
        for (RecordedEvent event : events) {
            if (!(event.event() instanceof AgentEvent observed)) {
                return Outcome.CONTENT_WITHDRAWN;
            }
            envelopes.add(envelope(event, observed));
        }
        if (envelopes.isEmpty()) {
            return Outcome.EVENTS_DIFFER;
        }
        byte[] json = ContractJson.write(
                new EventBatch(envelopes, Objects.requireNonNull(events.getLast().origin()).sentAt()));
        return Sha256.hex(json).equals(kept.digest()) ? Outcome.VERIFIED : Outcome.EVENTS_DIFFER;
    }

    private static AgentEnvelope envelope(RecordedEvent event, AgentEvent observed) {
        Origin origin = Objects.requireNonNull(event.origin());
        return new AgentEnvelope(event.eventId(), Objects.requireNonNull(event.project()),
                Objects.requireNonNull(event.environment()), origin.agent(), origin.epoch(), origin.sequence(),
                event.occurredAt(), origin.observedAt(), observed);
    }

    private static long sequence(RecordedEvent event) {
        return Objects.requireNonNull(event.origin()).sequence();
    }

    /** Neighbours of one outcome and one key are one range. */
    private void add(long from, long to, Outcome outcome, @Nullable String key, @Nullable String keyName) {
        if (from > to) {
            return;
        }
        CheckedEvents before = checked.isEmpty() ? null : checked.getLast();
        if (before != null && before.outcome() == outcome && Objects.equals(before.key(), key)
                && before.lastSequence() + 1 == from) {
            checked.removeLast();
            checked.add(new CheckedEvents(origin.agent(), origin.epoch(), before.firstSequence(), to, outcome, key,
                    keyName));
        } else {
            checked.add(new CheckedEvents(origin.agent(), origin.epoch(), from, to, outcome, key, keyName));
        }
        checkedUntil = Math.max(checkedUntil, to);
    }
}
