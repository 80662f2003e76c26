package dev.migrationledger.contracts.diagnosis;

import java.util.Locale;

/** Every divergence that can be named. Each has its section in {@code docs/divergences.md}, in this order. */
public enum DivergenceCode {
    CONFIG_INVALID(Area.SCRIPTS),
    SCRIPTS_UNREADABLE(Area.SCRIPTS),
    REVISION_ID_INVALID(Area.SCRIPTS),
    DUPLICATE_REVISION(Area.SCRIPTS),
    MISSING_PARENT(Area.SCRIPTS),
    REVISION_CYCLE(Area.SCRIPTS),
    BRANCH_LABEL_CLASH(Area.SCRIPTS),
    MULTIPLE_HEADS(Area.SCRIPTS),
    VERSION_TABLE_MISSING(Area.VERSION_TABLE),
    VERSION_TABLE_EMPTY(Area.VERSION_TABLE),
    UNKNOWN_REVISION(Area.VERSION_TABLE),
    INEXACT_REVISION(Area.VERSION_TABLE),
    OVERLAPPING_REVISIONS(Area.VERSION_TABLE),
    DUPLICATE_ROW(Area.VERSION_TABLE),
    BEHIND_HEAD(Area.VERSION_TABLE),
    UPGRADE_FAILS(Area.VERSION_TABLE),
    MERGE_SIBLING_SKIPPED(Area.VERSION_TABLE),
    SEVERAL_VERSION_TABLES(Area.VERSION_TABLE),
    SCHEMA_AHEAD_OF_STAMP(Area.SCHEMA),
    STAMPED_AHEAD_OF_SCHEMA(Area.SCHEMA),
    SCHEMA_HOLE(Area.SCHEMA),
    STAMP_UNCONFIRMED(Area.SCHEMA),
    UNTRACKED_OBJECTS(Area.SCHEMA),
    STAMPED_NOT_RUN(Area.OBSERVATION),
    UNATTRIBUTED_CHANGE(Area.OBSERVATION),
    OBSERVATION_GAP(Area.OBSERVATION),
    OBSERVATION_STALE(Area.OBSERVATION),
    SCRIPTS_DIFFER(Area.ACROSS),
    REVISION_EDITED(Area.ACROSS),
    LINEAGE_REWRITTEN(Area.ACROSS),
    FORKED(Area.ACROSS),
    SCHEMA_DIFFERS(Area.ACROSS),
    RAN_OUTSIDE_PIPELINE(Area.ACROSS),
    UNAPPROVED_MERGE(Area.ACROSS);

    /** What a divergence is about; each has its part of {@code docs/divergences.md}. */
    public enum Area {
        SCRIPTS,
        VERSION_TABLE,
        SCHEMA,
        OBSERVATION,
        ACROSS
    }

    private final Area area;

    DivergenceCode(Area area) {
        this.area = area;
    }

    public Area area() {
        return area;
    }

    /** The code as people and JSON write it, such as {@code multiple-heads}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
