package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.contracts.event.AgentEvent;
import java.time.Instant;

/** A part of the way from one poll to the next. */
public sealed interface Transition {

    /**
     * Something that was captured.
     *
     * @param at by the server's clock, when its statement ran
     * @param transaction the server's number of it, as in {@code xid8}
     * @param left what the table held when that transaction was done
     */
    record Captured(AgentEvent event, Instant at, String transaction, VersionTableRows left) implements Transition {}

    /** The table got from one state to another, and nothing was captured that says how. */
    record Uncaptured(VersionTableRows before, VersionTableRows after) implements Transition {}
}
