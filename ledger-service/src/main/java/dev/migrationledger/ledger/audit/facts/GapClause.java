package dev.migrationledger.ledger.audit.facts;

import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.GapReason.*;

/** Why an agent could not see, in one clause. */
public final class GapClause {

    private GapClause() {}

    public static String of(GapReason reason) {
        return switch (reason) {
            case AgentNotRunning _ -> "the agent was not running";
            case DatabaseNotSeen it -> switch (it.failure()) {
                case UNREACHABLE -> "the database was unreachable";
                case BUSY -> "the database was locked or too slow";
                case REJECTED -> "the server rejected the agent's user";
                case NO_DATABASE -> "the server had no such database";
                case FORBIDDEN -> "the agent's user lacked a privilege";
                case NOT_A_VERSION_TABLE -> "another relation had the name of the version table";
            };
            case OtherDatabase _ -> "another database answered";
            case SpoolDamaged _ -> "the agent's spool was damaged before its events were sent";
            case SpoolNotWritten it -> switch (it.cause()) {
                case DISK -> "the agent could not write to its disk";
                case LIMIT -> "the agent's spool was full";
            };
            case LedgerWentBack it -> "the ledger at %s was restored or replaced".formatted(it.ledger());
            case SpoolCopied _ -> "the agent's spool was a copy";
            case EventRefused it -> "the ledger refused an event of type %s".formatted(it.type());
            case EventUnreadable it -> "the agent could not read an event of type %s".formatted(it.type());
        };
    }
}
