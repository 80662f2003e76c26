package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Sighting;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A revision that counts as applied has other bytes now than a file with its id had before: what ran may not be what the file says. One
 * that was edited before it was applied anywhere is a draft, which may change.
 */
final class RevisionEditedRule implements ProjectRule {

    private static final int EXHIBITS = 10;
    private static final int SHORT = 12;

    @Override
    public DivergenceCode code() {
        return DivergenceCode.REVISION_EDITED;
    }

    @Override
    public Map<String, List<Finding>> evaluate(ProjectSnapshot project) {
        return EditEvidence.findings(project, (here, now) -> {
            List<Variant> others = project.history().variants(now.revision()).stream()
                    .filter(it -> !it.digest().equals(now.digest()))
                    .filter(it -> EditEvidence.mayHaveRun(here, now, it, project))
                    .toList();
            return others.isEmpty() ? Optional.empty() : Optional.of(finding(now, others));
        });
    }

    private static Finding finding(
            Revision now, List<Variant> others) {
        List<Exhibit> evidence = new ArrayList<>();
        evidence.add(Exhibit.revision(now.revision()));
        evidence.add(Exhibit.file(now.file()));
        List<Exhibit> details = new ArrayList<>();
        details.add(Exhibit.detail("Its digest is now %s.".formatted(shortened(now.digest()))));
        for (Variant other : others) {
            Sighting first = other.sightings().getFirst();
            details.add(Exhibit.detail("Its digest was %s in %s of %s since %s.".formatted(
                    shortened(other.digest()), MessageValues.id(first.source()), MessageValues.id(first.environment()),
                    MessageValues.time(first.firstSeen()))));
            evidence.add(new Exhibit(Exhibit.What.OTHER_DIGEST, other.digest()));
        }
        evidence.add(new Exhibit(Exhibit.What.DIGEST, now.digest()));
        details.add(Exhibit.detail("The code that ran may differ from the file."));
        return new Finding(
                DivergenceCode.REVISION_EDITED,
                Severity.WARNING,
                now.revision(),
                "Revision %s is applied here, but its file changed.".formatted(MessageValues.id(now.revision())),
                Stream.of(details, evidence).flatMap(all -> all.stream().limit(EXHIBITS)).toList(),
                List.of(new PlanStep(
                        null,
                        "Compare the two files, which the ledger keeps. If both do the same to the schema, no action is needed.",
                        "All sources have the same file for %s.".formatted(MessageValues.id(now.revision())),
                        List.of("If they differ, restore the old file and put the new changes into a new revision.",
                                "Every database then runs the new revision."))));
    }

    private static String shortened(String digest) {
        return digest.length() <= SHORT ? digest : digest.substring(0, SHORT);
    }
}
