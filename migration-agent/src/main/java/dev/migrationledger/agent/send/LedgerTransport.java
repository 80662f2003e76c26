package dev.migrationledger.agent.send;

import dev.migrationledger.contracts.envelope.Heartbeat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How events and heartbeats reach a ledger. Its {@code toString} names the ledger, for messages. */
public interface LedgerTransport {

    /**
     * Sends a batch.
     *
     * @param envelopes JSON of each event, in sequence
     */
    LedgerResponse post(List<byte[]> envelopes) throws InterruptedException;

    /** Says that an agent is still there. Why a ledger does not take it is said where events are sent. */
    HeartbeatResult beat(Heartbeat heartbeat) throws InterruptedException;

    /**
     * What came of a heartbeat.
     *
     * @param answered whether the ledger knows now that the agent is there
     * @param lastSequence that the ledger has of the agent's epoch; absent: it did not say
     */
    record HeartbeatResult(boolean answered, @Nullable Long lastSequence) {

        public static final HeartbeatResult LOST = new HeartbeatResult(false, null);
    }
}
