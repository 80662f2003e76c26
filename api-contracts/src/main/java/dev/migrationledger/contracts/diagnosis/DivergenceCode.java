package dev.migrationledger.contracts.diagnosis;

import java.util.Locale;

/** Every divergence that can be named. Each has its section in {@code docs/divergences.md}, in this order. */
public enum DivergenceCode {
    // Scripts
    CONFIG_INVALID,
    SCRIPTS_UNREADABLE,
    REVISION_ID_INVALID,
    DUPLICATE_REVISION,
    MISSING_PARENT,
    REVISION_CYCLE,
    BRANCH_LABEL_CLASH,
    MULTIPLE_HEADS,
    // Version table
    VERSION_TABLE_MISSING,
    VERSION_TABLE_EMPTY,
    UNKNOWN_REVISION,
    INEXACT_REVISION,
    OVERLAPPING_REVISIONS,
    DUPLICATE_ROW,
    BEHIND_HEAD,
    UPGRADE_FAILS,
    MERGE_SIBLING_SKIPPED,
    SEVERAL_VERSION_TABLES,
    // Schema
    SCHEMA_AHEAD_OF_STAMP,
    STAMPED_AHEAD_OF_SCHEMA,
    SCHEMA_HOLE,
    STAMP_UNCONFIRMED,
    UNTRACKED_OBJECTS,
    // Witness
    STAMPED_NOT_RUN,
    UNATTRIBUTED_CHANGE,
    OBSERVATION_GAP,
    OBSERVATION_STALE,
    // Across
    SCRIPTS_DIFFER,
    REVISION_EDITED,
    LINEAGE_REWRITTEN,
    FORKED,
    SCHEMA_DIFFERS;

    /** The code as people and JSON write it, such as {@code multiple-heads}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
