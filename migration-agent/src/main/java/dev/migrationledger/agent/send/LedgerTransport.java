package dev.migrationledger.agent.send;

import dev.migrationledger.contracts.envelope.Heartbeat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How events and heartbeats reach a ledger. Its {@code toString} names the ledger, for messages. */
public interface LedgerTransport extends AutoCloseable {

    /**
     * Sends a batch.
     *
     * @param envelopes JSON of each event, in sequence
     */
    LedgerResponse post(List<byte[]> envelopes) throws InterruptedException;

    /** Reports that an agent still watches. Why a ledger does not accept it is logged where events are sent. */
    HeartbeatResult send(Heartbeat heartbeat) throws InterruptedException;

    @Override
    void close();

    /**
     * The answer to a heartbeat.
     *
     * @param accepted whether the ledger recorded it
     * @param lastSequence that the ledger has of the agent's epoch; absent: the answer does not contain it
     */
    record HeartbeatResult(boolean accepted, @Nullable Long lastSequence) {

        public static final HeartbeatResult LOST = new HeartbeatResult(false, null);
    }
}
