package dev.migrationledger.ledger.compare;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.environment.Comparison.Relation;
import dev.migrationledger.contracts.environment.Comparison.SchemaForms;
import dev.migrationledger.contracts.environment.Comparison.Shared;
import dev.migrationledger.contracts.environment.Comparison.Side;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares where two environments stand. What counts as applied on a side is what its own scripts make of its rows: the
 * scripts of the two may differ. Only a row that they do not know is looked up in the other side's. A missing or empty version
 * table is base: nothing is applied.
 */
public final class EnvironmentComparison {

    private final EnvironmentView left;
    private final EnvironmentView right;
    private final RevisionGraph union;
    private final Set<String> onLeft;
    private final Set<String> onRight;

    private final List<Divergence> divergences;

    private EnvironmentComparison(EnvironmentView left, EnvironmentView right, List<Divergence> divergences) {
        this.left = left;
        this.right = right;
        this.divergences = divergences;
        this.union = union(left, right);
        this.onLeft = counted(left, right);
        this.onRight = counted(right, left);
    }

    /**
     * The comparison of two views.
     *
     * @param divergences all that were open at that moment in either
     */
    public static Comparison of(EnvironmentView left, EnvironmentView right, List<Divergence> divergences) {
        return new EnvironmentComparison(left, right, divergences).comparison();
    }

    private Comparison comparison() {
        List<RevisionStatus> onlyLeft = new ArrayList<>();
        List<RevisionStatus> onlyRight = new ArrayList<>();
        List<Shared> both = new ArrayList<>();
        for (String revision : parentsFirst()) {
            boolean isLeft = onLeft.contains(revision);
            boolean isRight = onRight.contains(revision);
            if (isLeft && isRight) {
                both.add(new Shared(left.status(revision), right.status(revision)));
            } else if (isLeft) {
                onlyLeft.add(left.status(revision));
            } else {
                onlyRight.add(right.status(revision));
            }
        }
        return new Comparison(
                left.project(),
                side(left),
                side(right),
                relation(onlyLeft.isEmpty(), onlyRight.isEmpty()),
                onlyLeft,
                onlyRight,
                both,
                union.mergeBase(left.rows(), right.rows()),
                schemaForms(),
                divergences.stream().filter(EnvironmentComparison::isOfTheDatabase)
                        .sorted(Comparator.comparing(Divergence::severity).thenComparing(Divergence::environment)
                                .thenComparing(Divergence::code).thenComparing(Divergence::subject))
                        .toList());
    }

    private @Nullable SchemaForms schemaForms() {
        Integer onTheLeft = left.schemaForm();
        Integer onTheRight = right.schemaForm();
        return onTheLeft == null || onTheRight == null || onTheLeft.equals(onTheRight)
                ? null
                : new SchemaForms(onTheLeft, onTheRight);
    }

    /** Whether it says that a database is not as its revisions leave it, or not as the other one is. */
    private static boolean isOfTheDatabase(Divergence divergence) {
        return divergence.severity() != Severity.INFO && switch (divergence.code()) {
            case CONFIG_INVALID, SCRIPTS_UNREADABLE, REVISION_ID_INVALID, DUPLICATE_REVISION, MISSING_PARENT,
                    REVISION_CYCLE, BRANCH_LABEL_CLASH, MULTIPLE_HEADS, SCRIPTS_DIFFER, OBSERVATION_GAP,
                    OBSERVATION_STALE ->
                false;
            case VERSION_TABLE_MISSING, VERSION_TABLE_EMPTY, UNKNOWN_REVISION, INEXACT_REVISION,
                    OVERLAPPING_REVISIONS, DUPLICATE_ROW, BEHIND_HEAD, UPGRADE_FAILS, MERGE_SIBLING_SKIPPED,
                    SEVERAL_VERSION_TABLES, SCHEMA_AHEAD_OF_STAMP, STAMPED_AHEAD_OF_SCHEMA, SCHEMA_HOLE,
                    STAMP_UNCONFIRMED, UNTRACKED_OBJECTS, STAMPED_NOT_RUN, UNATTRIBUTED_CHANGE, REVISION_EDITED,
                    LINEAGE_REWRITTEN, FORKED, SCHEMA_DIFFERS, RAN_OUTSIDE_PIPELINE, UNAPPROVED_MERGE ->
                true;
        };
    }

    private Relation relation(boolean leftHasNoMore, boolean rightHasNoMore) {
        if (unexplained(left) || unexplained(right)) {
            return Relation.UNKNOWN;
        }
        if (leftHasNoMore) {
            return rightHasNoMore ? Relation.EQUAL : Relation.LEFT_BEHIND;
        }
        return rightHasNoMore ? Relation.RIGHT_BEHIND : Relation.FORKED;
    }

    private boolean unexplained(EnvironmentView view) {
        return view.versionTable().isEmpty() || !union.unknown(view.rows()).isEmpty();
    }

    private static Set<String> counted(EnvironmentView view, EnvironmentView other) {
        List<String> unknown = view.unknownRows();
        Set<String> counted = new LinkedHashSet<>(view.graph().implied(view.rows()));
        counted.addAll(unknown);
        counted.addAll(other.graph().implied(unknown));
        return counted;
    }

    /** Every revision that counts on a side, in the order of the joint history; rows that nobody knows come last. */
    private Set<String> parentsFirst() {
        Set<String> all = new LinkedHashSet<>(onLeft);
        all.addAll(onRight);
        Set<String> ordered = new LinkedHashSet<>(union.topological(all));
        ordered.addAll(all);
        return ordered;
    }

    /** Where both have a revision, what the left side's scripts say about its parents holds. */
    private static RevisionGraph union(EnvironmentView left, EnvironmentView right) {
        List<Revision> leftScripts = left.currentScripts().revisions();
        List<Revision> rightScripts = right.currentScripts().revisions();
        if (leftScripts.equals(rightScripts)) {
            return left.graph();
        }
        Map<String, Revision> byId = new LinkedHashMap<>();
        rightScripts.forEach(revision -> byId.put(revision.revision(), revision));
        leftScripts.forEach(revision -> byId.put(revision.revision(), revision));
        return RevisionGraph.of(byId.values());
    }

    private static Side side(EnvironmentView view) {
        return new Side(view.environment(), view.rows(), view.heads(), view.unknownRows(), view.observedAt());
    }
}
