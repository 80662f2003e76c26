package dev.migrationledger.contracts.physical;

/** Whether an object is there. */
enum Presence {
    PRESENT,
    ABSENT,
    /** It may be there or not. */
    EITHER
}
