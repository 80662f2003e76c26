package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.log.Tampering;

/** What the ledger found in its own database, when it compared events with the evidence log. About no project. */
public sealed interface EvidenceEvent extends LedgerEvent {

    /** Where. */
    Tampering tampering();

    /** The database is not what was recorded. Recorded once for each place. */
    record TamperingFound(Tampering tampering) implements EvidenceEvent {}

    /** A later check found that place as it was recorded. */
    record TamperingRepaired(Tampering tampering) implements EvidenceEvent {}
}
