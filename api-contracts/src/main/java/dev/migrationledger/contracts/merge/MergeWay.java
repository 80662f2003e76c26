package dev.migrationledger.contracts.merge;

/** How several heads become one. */
public enum MergeWay {
    /** A new revision has all heads as its parents. Right wherever the sides ran. */
    MERGE,
    /** The other sides follow the first one: their lowest revisions get another parent. Only right where none of them ran anywhere. */
    REPARENT
}
