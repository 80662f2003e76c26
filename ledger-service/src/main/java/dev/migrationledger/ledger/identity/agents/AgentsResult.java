package dev.migrationledger.ledger.identity.agents;

/** What became of an {@link AgentsCommand}. */
public enum AgentsResult {
    DONE,
    /** There is no such code or key, or it is revoked. */
    UNKNOWN,
    /** The code's time is over. */
    EXPIRED,
    /** The key is enrolled already. */
    ENROLLED_BEFORE,
    /** The key is not in the state that this would change. */
    UNCHANGED,
    /** The pattern has as many keys, or the ledger as many codes, as there may be. */
    TOO_MANY
}
