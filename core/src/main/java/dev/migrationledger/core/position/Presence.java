package dev.migrationledger.core.position;

/** Whether an object is there. */
enum Presence {
    PRESENT,
    ABSENT,
    /** It may be there or not. */
    EITHER
}
