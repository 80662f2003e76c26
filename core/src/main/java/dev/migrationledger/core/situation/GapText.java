package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.GapReason.AgentNotRunning;
import dev.migrationledger.contracts.event.GapReason.DatabaseNotSeen;
import dev.migrationledger.contracts.event.GapReason.EventRefused;
import dev.migrationledger.contracts.event.GapReason.EventUnreadable;
import dev.migrationledger.contracts.event.GapReason.LedgerWentBack;
import dev.migrationledger.contracts.event.GapReason.OtherDatabase;
import dev.migrationledger.contracts.event.GapReason.SpoolCopied;
import dev.migrationledger.contracts.event.GapReason.SpoolDamaged;
import dev.migrationledger.contracts.event.GapReason.SpoolNotWritten;

/** Why there is a gap, for people. Pure. */
public final class GapText {

    private GapText() {}

    /** Whole sentences. */
    public static String of(GapReason reason) {
        return switch (reason) {
            case AgentNotRunning _ -> "The agent was not running.";
            case DatabaseNotSeen it -> switch (it.failure()) {
                case UNREACHABLE -> "The database could not be reached.";
                case BUSY -> "The database was locked or too slow to look at.";
                case REJECTED -> "The server did not let the agent's user in.";
                case NO_DATABASE -> "The server had no such database.";
                case FORBIDDEN -> "The agent's user had too few rights to look at the database.";
                case NOT_A_VERSION_TABLE -> "Another object had the name of the version table.";
            };
            case OtherDatabase _ -> "Another database answers now; what happened to it before is not known.";
            case SpoolDamaged _ -> "The agent's spool was damaged; the ledger does not know what was not yet sent.";
            case SpoolNotWritten it -> switch (it.cause()) {
                case DISK -> "The agent could not write to the disk of its spool.";
                case LIMIT -> "The agent's spool was full of events that waited for the ledger.";
            };
            case LedgerWentBack it ->
                "The ledger at %s expects event %d of this agent, which it had acknowledged: it was restored from a backup or replaced."
                        .formatted(it.ledger(), it.expected());
            case SpoolCopied it ->
                "The ledger at %s has other events under this agent's sequence: the spool is a copy, or was restored from one."
                        .formatted(it.ledger());
            case EventRefused it -> "The ledger refused what the agent observed then (%s); the agent keeps it. %s"
                    .formatted(it.type(), it.answer());
            case EventUnreadable it -> "This version of the agent cannot read what was observed then (%s): %s"
                    .formatted(it.type(), it.error());
        };
    }
}
