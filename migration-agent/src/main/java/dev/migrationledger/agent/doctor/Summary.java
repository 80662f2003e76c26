package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.doctor.MissingInput.What;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.event.VersionTable.State;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.rules.Diagnosis;
import dev.migrationledger.core.rules.RootCause;
import dev.migrationledger.core.situation.Confirmation;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one line that somebody reads who reads no more. */
record Summary(Examination examination, Diagnosis diagnosis) {

    private static final int MOST_PLACES = 3;

    String of(Verdict verdict) {
        return switch (verdict) {
            case HEALTHY -> place();
            case BEHIND -> "behind: " + Count.of(toRun(), "revision") + " to run";
            case UNCONFIRMED -> "unconfirmed: at %s as stamped; %s".formatted(together(stampedRows()), doubt());
            case WARNING -> "warning: " + worst(Severity.WARNING);
            case WRONG -> "WRONG: " + worst(Severity.ERROR);
            case UNKNOWN -> "could not tell: " + ListText.and(examination.unseen().stream()
                    .map(unseen -> switch (unseen.what()) {
                        case SCRIPTS -> "the scripts";
                        case DATABASE -> "the database";
                        case SCHEMA -> "the schema";
                        case VERSION_TABLE -> "which version table Alembic uses";
                    }).distinct().toList())
                    + (examination.unseen().stream().allMatch(unseen -> unseen.what() == What.VERSION_TABLE)
                            ? ""
                            : " could not be read");
        };
    }

    private String place() {
        ScriptsSeen scripts = examination.observations().scripts();
        List<String> stamped = diagnosis.stamped();
        if (stamped == null) {
            return scripts == null ? "nothing was checked" : "scripts healthy; no database was checked";
        }
        if (scripts == null) {
            return "at %s; without scripts, nothing else can be checked".formatted(together(stamped));
        }
        return scripts.graph().revisions().isEmpty()
                ? "healthy: the scripts have no revision yet"
                : "healthy: at %s, nothing to run".formatted(together(stamped));
    }

    private List<String> stampedRows() {
        List<String> stamped = diagnosis.stamped();
        return stamped == null ? List.of() : stamped;
    }

    private String doubt() {
        Confirmation confirmation = diagnosis.confirmation();
        if (confirmation != null && !confirmation.leftOut().isNone()) {
            return "the objects of %s are in schemas that were not checked".formatted(
                    Count.of(confirmation.leftOut().revisions().size(), "revision"));
        }
        return confirmation == null || !confirmation.anything()
                ? "nothing in the schema confirms it"
                : "the schema confirms it only if unread statements account for %s"
                        .formatted(Count.of(confirmation.excused().size(), "object"));
    }

    private int toRun() {
        ScriptsSeen scripts = examination.observations().scripts();
        List<String> stamped = diagnosis.stamped();
        return scripts == null
                ? 0
                : scripts.graph().upgradePath(stamped == null ? List.of() : stamped, scripts.graph().realHeads())
                        .size();
    }

    private String worst(Severity severity) {
        return RootCause.of(diagnosis.findings()).stream()
                .filter(cause -> cause.severity() == severity)
                .findFirst()
                .map(cause -> text(cause.finding()))
                .orElseThrow();
    }

    private String text(Finding finding) {
        String physical = physical();
        return switch (finding.code()) {
            case VERSION_TABLE_MISSING, VERSION_TABLE_EMPTY, SCHEMA_AHEAD_OF_STAMP, STAMPED_AHEAD_OF_SCHEMA -> stamp()
                    + (physical == null ? "" : ", but the schema is at " + physical);
            case SCHEMA_HOLE -> stamp() + ", but the schema matches no revision";
            case UNKNOWN_REVISION -> stamp() + noScriptHas();
            case OVERLAPPING_REVISIONS -> stamp() + ", and one includes another";
            case DUPLICATE_ROW -> stamp() + ", more than once";
            case INEXACT_REVISION -> stamp() + ", which is not a full revision id";
            case UPGRADE_FAILS -> "the next upgrade goes wrong at " + finding.subject();
            case MERGE_SIBLING_SKIPPED -> stamp() + ", which leaves out the other side of a merge";
            case SEVERAL_VERSION_TABLES -> "the scripts have more than one version table";
            case STAMP_UNCONFIRMED -> "the schema does not confirm the stamp";
            case UNTRACKED_OBJECTS -> "the schema has objects that no migration creates";
            case BEHIND_HEAD -> Count.of(toRun(), "revision") + " to run";
            case CONFIG_INVALID -> "Alembic's configuration is invalid";
            case SCRIPTS_UNREADABLE -> finding.severity() == Severity.ERROR
                    ? "Alembic cannot load the scripts"
                    : "the scripts cannot be read completely";
            case REVISION_ID_INVALID -> "a revision has an invalid id";
            case DUPLICATE_REVISION -> "two scripts have the same revision id";
            case MISSING_PARENT -> "the parent of a revision is missing";
            case REVISION_CYCLE -> "the revisions form a cycle";
            case BRANCH_LABEL_CLASH -> "two revisions have the same branch label";
            case MULTIPLE_HEADS -> "the scripts have %s".formatted(Count.of(heads(), "head"));
            case STAMPED_NOT_RUN, UNATTRIBUTED_CHANGE, OBSERVATION_GAP, OBSERVATION_STALE, SCRIPTS_DIFFER,
                    REVISION_EDITED, LINEAGE_REWRITTEN, FORKED, SCHEMA_DIFFERS, RAN_OUTSIDE_PIPELINE,
                    UNAPPROVED_MERGE ->
                finding.message();
        };
    }

    /** Names the unknown rows unless all rows are unknown. */
    private String noScriptHas() {
        ScriptsSeen scripts = examination.observations().scripts();
        VersionTable table = examination.observations().versionTable();
        List<String> rows = table == null ? List.of() : table.rows().stream().distinct().toList();
        List<String> unknown = rows.stream()
                .filter(row -> scripts != null && !scripts.graph().contains(row)).toList();
        return unknown.isEmpty() || unknown.equals(rows)
                ? ", which no script has"
                : ", and no script has " + together(unknown);
    }

    private int heads() {
        ScriptsSeen scripts = examination.observations().scripts();
        return scripts == null ? 0 : scripts.graph().heads().size();
    }

    private String stamp() {
        VersionTable table = examination.observations().versionTable();
        if (table == null || table.state() == State.MISSING) {
            return "there is no version table";
        }
        return table.state() == State.EMPTY
                ? "the version table is empty"
                : "stamped " + together(List.copyOf(new LinkedHashSet<>(table.rows())));
    }

    /** Where the schema is; absent where that is not known. */
    private @Nullable String physical() {
        PhysicalState state = diagnosis.physical();
        if (state == null || state.candidates().isEmpty()) {
            return null;
        }
        List<List<String>> candidates = state.candidates();
        return state.complete() && candidates.size() <= MOST_PLACES
                ? ListText.or(candidates.stream().map(Summary::together).toList())
                : "one of %s%d places".formatted(state.complete() ? "" : "more than ", candidates.size());
    }

    /** A set of revisions in words; the empty one is the base. */
    static String together(List<String> revisions) {
        return revisions.isEmpty() ? "base" : ListText.and(revisions);
    }
}
