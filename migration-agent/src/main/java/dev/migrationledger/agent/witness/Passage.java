package dev.migrationledger.agent.witness;

import dev.migrationledger.contracts.event.AgentEvent;
import java.time.Instant;

/** A part of the way from one look to the next. */
public sealed interface Passage {

    /**
     * Something that was captured.
     *
     * @param at by the server's clock, when its statement ran
     * @param transaction the server's number of it, as in {@code xid8}
     * @param left what the table held when that transaction was done
     */
    record Deed(AgentEvent event, Instant at, String transaction, Rows left) implements Passage {}

    /** The table got from one state to another, and nothing was captured that says how. */
    record Unseen(Rows before, Rows after) implements Passage {}
}
