package dev.migrationledger.ledger.heartbeat;

import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.envelope.HeartbeatAnswer;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.identity.AgentProof;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import java.time.Clock;
import java.time.Instant;
import org.springframework.http.HttpStatus;

/** Heartbeats as they come, over HTTP or Kafka. Each method throws a {@link Refusal} that says why it records none. */
public final class ReceivedHeartbeats {

    /** Three names and three values have no more. */
    static final int MOST_BYTES = 10_000;

    private final Heartbeats heartbeats;
    private final LastSequences sequences;
    private final AgentKeys keys;
    private final Clock clock;

    ReceivedHeartbeats(Heartbeats heartbeats, LastSequences sequences, AgentKeys keys, Clock clock) {
        this.heartbeats = heartbeats;
        this.sequences = sequences;
        this.keys = keys;
        this.clock = clock;
    }

    /** By who signed in. */
    HeartbeatAnswer record(byte[] json, Caller caller) {
        Heartbeat heartbeat = RequestFields.read(json, Heartbeat.class);
        caller.sendsFor(heartbeat.project(), heartbeat.environment());
        return record(heartbeat, clock.instant());
    }

    HeartbeatAnswer record(byte[] json, AgentProof proof) {
        return record(json, proof, clock.instant());
    }

    /**
     * Signed by an agent.
     *
     * @param at when it came; a transport may have kept it since
     */
    public HeartbeatAnswer record(byte[] json, AgentProof proof, Instant at) {
        Heartbeat heartbeat = RequestFields.read(json, Heartbeat.class);
        if (keys.check(proof, Purpose.HEARTBEAT, Sha256.hex(json), heartbeat.project(),
                heartbeat.environment()) instanceof AgentKeys.Check.Refused refused) {
            throw new Refusal(Refusal.problem(HttpStatus.FORBIDDEN, refused.code(), refused.detail(), null));
        }
        return record(heartbeat, at);
    }

    private HeartbeatAnswer record(Heartbeat heartbeat, Instant at) {
        if (!heartbeats.record(heartbeat, at)) {
            throw new Refusal(Refusal.problem(
                    HttpStatus.NOT_FOUND,
                    Heartbeat.UNKNOWN_ENVIRONMENT,
                    "The ledger has no events of %s/%s yet; send events before a heartbeat."
                            .formatted(heartbeat.project(), heartbeat.environment()),
                    null));
        }
        return sequences.answer(heartbeat);
    }
}
