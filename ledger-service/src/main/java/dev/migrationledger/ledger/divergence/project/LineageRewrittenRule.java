package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.History;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Sighting;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A revision that counts as applied has other parents now than it had. What it follows now counts as applied with it, though it may never
 * have run here; that is told revision by revision. One that was moved before it was applied anywhere is a draft.
 */
final class LineageRewrittenRule implements ProjectRule {

    private final EditEvidence edits = new EditEvidence(Revision::isComparableTo);

    @Override
    public DivergenceCode code() {
        return DivergenceCode.LINEAGE_REWRITTEN;
    }

    @Override
    public Collection<String> update(ProjectSnapshot project, List<Change> changes) {
        return edits.update(project, changes);
    }

    @Override
    public Optional<List<Finding>> findings(EnvironmentSnapshot here, ProjectSnapshot project) {
        History history = project.history();
        return edits.findings(here, project,
                now -> before(here, now, history).map(was -> finding(here, now, was, history)));
    }

    /** The file with other parents that came last before this one; at most one, or the same story is told twice. */
    private Optional<Variant> before(EnvironmentSnapshot here, Revision now, History history) {
        Instant present = EditEvidence.present(history, now).map(Variant::firstSeen).orElse(Instant.MAX);
        return history.variants(now.revision()).stream()
                // Same file, other parents: another version of the agent read it.
                .filter(it -> !it.digest().equals(now.digest()))
                .filter(it -> !sameParents(it, now) && !it.firstSeen().isAfter(present))
                .filter(it -> edits.mayHaveRun(here, history, now, it, EditEvidence.isPresent(now)))
                .reduce((_, last) -> last);
    }

    private static boolean sameParents(Variant variant, Revision now) {
        return Set.copyOf(variant.declared().parents()).equals(Set.copyOf(now.parents()))
                && Set.copyOf(variant.declared().dependsOn()).equals(Set.copyOf(now.dependsOn()));
    }

    private static Finding finding(EnvironmentSnapshot here, Revision now, Variant was, History history) {
        List<String> silently = silently(here, now, was);
        List<String> unseen = silently.stream().filter(id -> !ran(here.statuses().get(id))).toList();
        Sighting old = was.sightings().getFirst();
        Sighting first = EditEvidence.present(history, now).map(it -> it.sightings().getFirst()).orElse(old);
        return new Finding(
                DivergenceCode.LINEAGE_REWRITTEN,
                unseen.isEmpty() ? Severity.WARNING : Severity.ERROR,
                now.revision(),
                "Revision %s is applied here and was moved: it followed %s and now follows %s.".formatted(
                        MessageValues.id(now.revision()), MessageValues.parents(was.declared().parents()),
                        MessageValues.parents(now.parents())),
                evidence(now, was, unseen, List.of(
                        "It followed %s in %s of %s since %s.".formatted(
                                MessageValues.parents(was.declared().parents()),
                                MessageValues.id(old.source()), MessageValues.id(old.environment()),
                                MessageValues.time(old.firstSeen())),
                        "It follows %s in %s of %s since %s.".formatted(MessageValues.parents(now.parents()),
                                MessageValues.id(first.source()), MessageValues.id(first.environment()),
                                MessageValues.time(first.firstSeen())),
                        effect(silently, unseen))),
                plan(here, now, unseen));
    }

    private static String effect(List<String> silently, List<String> unseen) {
        if (silently.isEmpty()) {
            return "No other revision counts as applied because of that.";
        }
        return unseen.isEmpty()
                ? "Because of that, %s counts as applied, and agents observed that it ran.".formatted(
                        MessageValues.ids(silently))
                : "Because of that, %s counts as applied, although no agent observed that it ran.".formatted(
                        MessageValues.ids(unseen));
    }

    private static boolean ran(@Nullable RevisionStatus status) {
        return status != null && status.kind() == RevisionStatus.Kind.APPLIED;
    }

    /** What counts as applied under the new parents and did not under the old ones; parents first. */
    private static List<String> silently(EnvironmentSnapshot here, Revision now, Variant was) {
        List<Revision> before = here.graph().revisions().stream()
                .map(it -> it.revision().equals(now.revision())
                        ? new Revision(it.revision(), was.declared().parents(), was.declared().dependsOn(), it.labels(),
                                it.message(), it.file(), was.digest())
                        : it)
                .toList();
        Set<String> lost = new HashSet<>(here.applied());
        Collection<String> rows = here.rows() == null ? List.of() : here.rows();
        RevisionGraph graph = RevisionGraph.of(before);
        // What some other row holds up anyway was not brought in by the move. The row itself may be an ancestor of another row.
        lost.removeAll(graph.implied(leading(here, rows)));
        return here.graph().topological(lost);
    }

    /** Rows that no other row implies: the others were written by hand and say nothing about what ran. */
    private static Collection<String> leading(EnvironmentSnapshot here, Collection<String> rows) {
        Set<String> leading = new LinkedHashSet<>(rows);
        here.graph().overlapping(rows).forEach(leading::remove);
        return leading;
    }

    private static List<Exhibit> evidence(
            Revision now, Variant was, List<String> unseen, List<String> details) {
        List<Exhibit> evidence = new ArrayList<>(details.stream().map(Exhibit::detail).toList());
        evidence.add(Exhibit.revision(now.revision()));
        evidence.add(Exhibit.file(now.file()));
        was.declared().parents().forEach(parent -> evidence.add(new Exhibit(What.OLD_PARENT, parent)));
        now.parents().forEach(parent -> evidence.add(new Exhibit(What.NEW_PARENT, parent)));
        unseen.forEach(id -> evidence.add(new Exhibit(What.REVISION_NEVER_SEEN_TO_RUN, id)));
        return evidence;
    }

    private static List<PlanStep> plan(
            EnvironmentSnapshot here, Revision now, List<String> unseen) {
        if (unseen.isEmpty()) {
            return List.of(new PlanStep(
                    null,
                    "This database needs no change. Make sure that every other database of the project gets the new order.",
                    "The ledger's comparison of the environments finds no difference.",
                    List.of("In future, do not move a revision that a database has applied.")));
        }
        List<PlanStep> plan = new ArrayList<>();
        for (String id : unseen) {
            List<String> parents = here.graph().find(id).map(Revision::parents).orElse(List.of());
            String from = parents.isEmpty() ? "base" : parents.getFirst();
            if (parents.size() < 2) {
                String command = "%s %s --sql".formatted(here.tool().command("upgrade"),
                        ToolCall.word(from + ":" + id));
                plan.add(new PlanStep(
                        command,
                        "Prints the SQL of %s and changes no database.".formatted(MessageValues.id(id)),
                        "It prints the statements of %s.".formatted(MessageValues.id(id)),
                        here.tool().notesOn(command)));
            }
        }
        plan.add(new PlanStep(
                null,
                "If the schema lacks what %s %s, run the printed statements in one transaction. If it has all of it, no action is needed."
                        .formatted(MessageValues.few(unseen), unseen.size() == 1 ? "creates" : "create"),
                "The schema has what %s %s.".formatted(MessageValues.few(unseen),
                        unseen.size() == 1 ? "creates" : "create"),
                List.of("The findings about the schema show what is missing.",
                        "Leave out the statements on the version table: its row stays, because %s is applied."
                                .formatted(MessageValues.id(now.revision())),
                        "If the schema has all of it, it ran before an agent watched.")));
        return plan;
    }
}
