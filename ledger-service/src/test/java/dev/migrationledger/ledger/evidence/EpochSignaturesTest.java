package dev.migrationledger.ledger.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.LedgerEvent.ContentWithdrawn;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.SignatureReport.CheckedEvents;
import dev.migrationledger.contracts.identity.SignatureReport.Outcome;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.evidence.KeptSignatures.Kept;
import dev.migrationledger.ledger.evidence.KeptSignatures.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EpochSignaturesTest {

    private static final Instant SENT = Instant.parse("2026-01-01T12:00:00Z");

    private static final KeyPair PAIR = pair();

    private static final String KEY = Ed25519Signature.keyId(PAIR.getPublic());

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private final List<RecordedEvent> events = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();

    /** These events are recorded, from a batch that was sent then. */
    private List<AgentEnvelope> recorded(long first, long last, Instant sentAt) {
        List<AgentEnvelope> batch = SampleBatches.events("navbot", "prod", first, last);
        batch.forEach(event -> events.add(RecordedEvent.of(event, SENT, sentAt)));
        return batch;
    }

    private void signed(List<AgentEnvelope> batch, Instant sentAt) {
        String digest = Sha256.hex(ContractJson.write(new EventBatch(batch, sentAt)));
        kept.add(new Kept(batch.getFirst().sequence(), batch.getLast().sequence(), digest,
                Ed25519Signature.of(Purpose.BATCH, ContractJson.write(new EventBatch(batch, sentAt)), KEY,
                        PAIR.getPrivate())));
    }

    private List<CheckedEvents> check() {
        EpochSignatures epoch = new EpochSignatures(Objects.requireNonNull(events.getFirst().origin()), kept,
                id -> id.equals(KEY)
                        ? Optional.of(new SigningKey("db-1",
                                Base64.getEncoder().encodeToString(PAIR.getPublic().getEncoded())))
                        : Optional.empty());
        events.forEach(epoch::add);
        return epoch.end();
    }

    @Test
    void neighbouring_batches_of_one_key_are_one_range_and_the_rest_is_unsigned() {
        recorded(1, 2, SENT);
        signed(recorded(3, 4, SENT), SENT);
        signed(recorded(5, 5, SENT.plusSeconds(1)), SENT.plusSeconds(1));
        recorded(6, 9, SENT);
        assertThat(check()).extracting(CheckedEvents::firstSequence, CheckedEvents::lastSequence,
                CheckedEvents::outcome, CheckedEvents::keyName)
                .containsExactly(tuple(1L, 2L, Outcome.UNSIGNED, null), tuple(3L, 5L, Outcome.VERIFIED, "db-1"),
                        tuple(6L, 9L, Outcome.UNSIGNED, null));
    }

    @Test
    void without_signatures_all_is_unsigned() {
        recorded(1, 700, SENT);
        assertThat(check()).extracting(CheckedEvents::lastSequence, CheckedEvents::outcome)
                .containsExactly(tuple(700L, Outcome.UNSIGNED));
    }

    @Test
    void events_that_came_twice_are_verified_once() {
        List<AgentEnvelope> first = recorded(1, 3, SENT);
        List<AgentEnvelope> longer = new ArrayList<>(first);
        longer.addAll(recorded(4, 5, SENT.plusSeconds(9)));
        signed(first, SENT);
        signed(longer, SENT.plusSeconds(9));
        signed(longer, SENT.plusSeconds(20));
        assertThat(check()).extracting(CheckedEvents::firstSequence, CheckedEvents::lastSequence,
                CheckedEvents::outcome).containsExactly(tuple(1L, 5L, Outcome.VERIFIED));
    }

    @Test
    void other_events_withdrawn_content_and_forged_signatures_are_told_apart() {
        signed(recorded(1, 1, SENT), SENT.plusSeconds(1));
        signed(recorded(2, 3, SENT), SENT);
        RecordedEvent before = events.removeLast();
        events.add(new RecordedEvent(before.eventId(), before.project(), before.environment(), before.origin(),
                before.occurredAt(), before.recordedAt(),
                new ContentWithdrawn("agent.run-started.v1", "d", 1, "a secret", SENT)));
        List<AgentEnvelope> forged = recorded(4, 4, SENT);
        kept.add(new Kept(4, 4, Sha256.hex("another"), Ed25519Signature.of(Purpose.BATCH,
                ContractJson.write(new EventBatch(forged, SENT)), KEY, PAIR.getPrivate())));
        recorded(5, 5, SENT);
        kept.add(new Kept(5, 5, Sha256.hex("another"), new Ed25519Signature("unknown", "")));
        assertThat(check()).extracting(CheckedEvents::firstSequence, CheckedEvents::lastSequence,
                CheckedEvents::outcome).containsExactly(tuple(1L, 1L, Outcome.EVENTS_DIFFER),
                        tuple(2L, 3L, Outcome.CONTENT_WITHDRAWN), tuple(4L, 4L, Outcome.WRONG_SIGNATURE),
                        tuple(5L, 5L, Outcome.UNKNOWN_KEY));
    }

    @Test
    void a_forged_signature_of_events_that_another_one_verifies_is_shown() {
        List<AgentEnvelope> batch = recorded(1, 2, SENT);
        signed(batch, SENT);
        kept.add(new Kept(1, 2, Sha256.hex("another"), new Ed25519Signature(KEY, "AAAA")));
        assertThat(check()).extracting(CheckedEvents::firstSequence, CheckedEvents::lastSequence,
                CheckedEvents::outcome).containsExactly(tuple(1L, 2L, Outcome.VERIFIED),
                        tuple(1L, 2L, Outcome.WRONG_SIGNATURE));
    }
}
