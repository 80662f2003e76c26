package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.Discrepancy.Kind;
import dev.migrationledger.core.position.SchemaEvidence.Difference;
import dev.migrationledger.core.repair.HoleRepair.Obstacle;
import dev.migrationledger.core.situation.InvalidIndex;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.SchemaAnalysis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a hole cannot be filled by whole revisions: one ran in part, or its objects were changed by hand. */
final class HoleExplanation {

    /**
     * A hole that no whole revision fills.
     *
     * @param set of revisions that the schema matches once a person has removed the obstacle
     */
    record Unfillable(List<String> set, Obstacle obstacle) {}

    private final RevisionGraph graph;
    private final SchemaAnalysis schema;
    private final RunTraces traces;
    private final List<String> set;

    HoleExplanation(ScriptsSeen scripts, SchemaAnalysis schema, RunTraces traces, List<String> set) {
        this.graph = scripts.graph();
        this.schema = schema;
        this.traces = traces;
        this.set = set;
    }

    /** @param maker the last revision that changes the object; absent: none does */
    Unfillable of(Discrepancy discrepancy, @Nullable String maker) {
        String object = MessageText.upper(MessageText.object(discrepancy.object()));
        String next = nextInPart(discrepancy);
        if (next != null) {
            return inPart(next, List.of(next));
        }
        if (discrepancy.kind() == Kind.UNEXPECTED && maker != null) {
            return byHand((discrepancy.removed()
                    ? "%s still exists, although %s removes it. Find out who created it again, and whether anything uses it."
                    : "%s already exists, but %s creates it. Find out who created it, and whether it matches that revision.")
                    .formatted(object, MessageText.id(maker)));
        }
        if (maker != null && traces.isPartial(maker)) {
            return inPart(maker, set);
        }
        if (discrepancy.kind() == Kind.MISSING && maker != null) {
            return byHand(
                    "%s is missing, although it exists after %s. Find out who dropped it, and create it as the revisions do."
                            .formatted(object, MessageText.id(maker)));
        }
        return byHand("%s differs from what any revision creates. Find out who changed it, and change it back."
                .formatted(object));
    }

    private Unfillable byHand(String what) {
        return new Unfillable(set, Obstacle.of(what));
    }

    private Unfillable inPart(String revision, List<String> of) {
        return new Unfillable(of, new Obstacle(
                "%s ran in part. Run only those of its statements that did not run.".formatted(
                        MessageText.id(revision)),
                whatIsLeft(revision, traces.lacking(revision, of)), revision));
    }

    /** The next pending revision, if it ran in part and that explains what exists, or is missing, too early. */
    private @Nullable String nextInPart(Discrepancy discrepancy) {
        return schema.traces().keySet().stream()
                .filter(one -> traces.isPartial(one) && isNext(one)
                        && (discrepancy.kind() != Kind.MISSING || traces.removes(one, discrepancy.object())))
                .findFirst().orElse(null);
    }

    /** Whether this one would run next after the set, and everything that is missing then is its own. */
    private boolean isNext(String revision) {
        return graph.implied(List.of(revision)).containsAll(graph.implied(set))
                && graph.upgradePath(set, List.of(revision)).equals(List.of(revision))
                && !traces.lacking(revision, List.of(revision)).isEmpty()
                && schema.missing(List.of(revision)).stream().map(Difference::discrepancy)
                        .allMatch(it -> RunTraces.isOf(revision, it));
    }

    /** What is left to do of a revision that ran in part: what the schema shows, and what it cannot show. */
    private List<String> whatIsLeft(String revision, List<Discrepancy> lacking) {
        Footprint footprint = traces.footprint(revision);
        List<Change> rows = footprint == null
                ? List.of()
                : footprint.upgrade().changes().stream().filter(effect -> effect.action() == Action.WRITE).toList();
        List<String> unread = footprint == null
                ? List.of()
                : footprint.upgrade().unknowns().stream().map(place -> "line " + place.line()).distinct().toList();
        List<String> left = new ArrayList<>();
        if (!lacking.isEmpty()) {
            left.add("Contradicts %s: %s.".formatted(MessageText.id(revision), MessageText.discrepancies(lacking)));
        }
        if (lacking.stream().anyMatch(InvalidIndex::is)) {
            left.add("Drop what is invalid before you create it again.");
        }
        if (!rows.isEmpty()) {
            left.add("It also writes rows of %s, which the schema cannot show: check whether that happened."
                    .formatted(MessageText.rows(rows)));
        }
        if (!unread.isEmpty()) {
            left.add("Some of it cannot be read (%s): check these places, too.".formatted(
                    MessageText.list(unread)));
        }
        return left;
    }
}
