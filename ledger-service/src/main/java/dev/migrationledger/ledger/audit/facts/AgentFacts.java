package dev.migrationledger.ledger.audit.facts;

import static dev.migrationledger.ledger.audit.facts.EventFacts.NAMED;
import static dev.migrationledger.ledger.audit.facts.EventFacts.byTheAgent;
import static dev.migrationledger.ledger.audit.facts.EventFacts.second;

import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.audit.facts.EventFacts.Who;
import java.util.List;
import java.util.Map;

/** What agents report. */
final class AgentFacts {

    private AgentFacts() {}

    static EventFacts of(AgentEvent event) {
        return switch (event) {
            case AgentStarted it -> byTheAgent(
                    "Started agent version %s to %s with %s.".formatted(it.agentVersion(), it.mode(), it.tool()));
            case AgentStopped it -> byTheAgent(switch (it.reason()) {
                case ASKED_TO_STOP -> "Stopped on request.";
                case OBSERVED_ONCE -> "Stopped after one observation.";
                case SPOOL_DELETED -> "Stopped because its spool was deleted.";
            });
            case ScriptsScanned it -> byTheAgent("Read the scripts of %s: %s new or changed, %d removed, %s.".formatted(
                    it.source(), Count.of(it.changed().size(), "revision"), it.removed().size(),
                    Count.of(it.problems().size(), "problem")))
                    .revisions(it.changed().stream().map(Revision::revision).toList()).source(it.source());
            case RevisionFilesRead it -> byTheAgent("Read the %s.".formatted(files(it.files().stream()
                    .map(RevisionFile::revision).toList()))).source(it.source())
                    .revisions(it.files().stream().map(RevisionFile::revision).toList());
            case RevisionAuthorsRead it -> byTheAgent("Read who wrote %s of revisions in %s.".formatted(
                    Count.of(it.files().size(), "file"), it.source())).source(it.source());
            case HeadDetected it -> byTheAgent("Found the %s %s in the scripts."
                    .formatted(it.heads().size() == 1 ? "head" : "heads", names(it.heads(), "none")))
                    .revisions(it.heads());
            case RevisionApplied it -> session("Applied %s%s.".formatted(it.revision(), inferred(it.inferred())),
                    it.evidence()).revisions(List.of(it.revision()));
            case RevisionReverted it -> session("Reverted %s%s.".formatted(it.revision(), inferred(it.inferred())),
                    it.evidence()).revisions(List.of(it.revision()));
            case RevisionStamped it -> session("Stamped %s%s.".formatted(names(it.revisions(), "base"),
                    it.replaced().isEmpty() ? "" : " in place of " + names(it.replaced(), "")), it.evidence())
                    .revisions(it.revisions()).revisions(it.replaced());
            case VersionTableObserved it -> byTheAgent(table(it.table())).revisions(it.table().rows());
            case VersionTableEdited it -> session("Edited the version table by hand: %s became %s.".formatted(
                    names(it.before(), "no row"), names(it.after(), "no row")), it.evidence())
                    .revisions(it.after()).revisions(it.before());
            case SchemaObserved it -> byTheAgent("Observed the schema: %s new or changed, %d removed.".formatted(
                    Count.of(it.changed().size(), "object"), it.removed().size()))
                    .objects(it.changed().stream().map(one -> one.object().dotted()).toList())
                    .objects(it.removed().stream().map(ObjectName::dotted).toList());
            case ObservationGap it -> byTheAgent("Could not observe the database from %s until %s: %s.".formatted(
                    second(it.from()), second(it.until()), GapClause.of(it.reason())));
            case RunStarted it -> run(it.claim()).run(it.run()).id(it.run());
            case RunEnded it -> EventFacts.of("Ended the run with exit code %d.".formatted(it.exitCode()),
                    new Who.TheRun()).run(it.run()).id(it.run());
        };
    }

    private static EventFacts session(String text, Evidence evidence) {
        return EventFacts.of(text, new Who.TheSession()).evidence(evidence);
    }

    private static EventFacts run(RunClaim claim) {
        EventFacts facts = EventFacts
                .of("Started a run: %s.".formatted(String.join(" ", Redaction.of(claim.command()))),
                        new Who.TheRun())
                .note(claim.user()).note(claim.host()).note(claim.commit()).note(claim.image());
        for (Map.Entry<String, String> variable : claim.ci().entrySet()) {
            // Its name may be what says that it is a secret.
            facts = facts.note(Redaction.of(variable.getKey(), variable.getValue()));
        }
        return facts;
    }

    private static String table(VersionTable table) {
        return switch (table.state()) {
            case MISSING -> "Found no version table %s.".formatted(table.name());
            case EMPTY -> "Found the version table %s empty.".formatted(table.name());
            case PRESENT -> "Found %s in %s.".formatted(names(table.rows(), ""), table.name());
        };
    }

    private static String inferred(boolean inferred) {
        return inferred ? " (inferred between two polls)" : "";
    }

    private static String files(List<String> revisions) {
        return "%s of %s".formatted(revisions.size() == 1 ? "file" : "files", names(revisions, "no revision"));
    }

    static String names(List<String> names, String otherwise) {
        return names.isEmpty() ? otherwise : ListText.and(names, NAMED);
    }
}
