package dev.migrationledger.ledger.environment;

/** What an environment can be asked to decide. */
sealed interface EnvironmentCommand permits RecordEvents, RecordDivergences, RetireEnvironment {

    /** The key of the environment's events in the store. */
    String stream();
}
