package dev.migrationledger.agent.tool;

/** Where the file of a revision with several parents comes from. */
public enum MergeOrigin {
    /** The tool writes exactly these bytes for these parents, this message and this time: the file has no author. */
    RECOMPUTED,
    /** It only joins its parents: written by hand, edited since, or made of another template. */
    JOINS_ONLY,
    /** It does something, or what it does is not known. */
    HAS_OPERATIONS,
    /** The revision has one parent or none. */
    NO_MERGE
}
