package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.FileComparison;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.History;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Sighting;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Variant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A revision that counts as applied has other bytes now than a file with its id had before: what ran may not be what the file says. Where both
 * files declare and do the same, that is worth knowing and no more. A revision that was edited before it was applied anywhere is a draft, which
 * may change.
 */
final class RevisionEditedRule implements ProjectRule {

    private static final int EXHIBITS = 10;
    private static final int SHORT = 12;
    private static final int LONGEST_MESSAGE = 60;

    private final EditEvidence edits = new EditEvidence(
            (one, other) -> one.compare(other) != FileComparison.NOT_COMPARABLE);

    @Override
    public DivergenceCode code() {
        return DivergenceCode.REVISION_EDITED;
    }

    @Override
    public Collection<String> update(ProjectSnapshot project, List<Change> changes) {
        return edits.update(project, changes);
    }

    @Override
    public Optional<List<Finding>> findings(EnvironmentSnapshot here, ProjectSnapshot project) {
        return edits.findings(here, project, now -> {
            List<Variant> others = others(here, now, project.history(), FileComparison.DIFFERENT);
            if (!others.isEmpty()) {
                return Optional.of(changed(now, others));
            }
            List<Variant> rewritten = others(here, now, project.history(), FileComparison.SAME_MEANING);
            return rewritten.isEmpty() ? Optional.empty() : Optional.of(rewritten(now, rewritten));
        });
    }

    /** Files that may have run, and compare with the present one like this. */
    private List<Variant> others(
            EnvironmentSnapshot here, Revision now, History history, FileComparison comparison) {
        // What ran is the present file in other words: that another one was there later changes nothing.
        Predicate<Variant> asNow = comparison == FileComparison.SAME_MEANING
                ? EditEvidence.isPresent(now)
                : it -> meansTheSame(now, it.declared());
        return history.variants(now.revision()).stream()
                .filter(it -> now.compare(it.declared()) == comparison)
                .filter(it -> edits.mayHaveRun(here, history, now, it, asNow))
                .toList();
    }

    private static boolean meansTheSame(Revision now, Revision other) {
        return switch (now.compare(other)) {
            case SAME_FILE -> now.parents().equals(other.parents());
            case SAME_MEANING -> true;
            case DIFFERENT, NOT_COMPARABLE -> false;
        };
    }

    private static Finding changed(Revision now, List<Variant> others) {
        List<Exhibit> details = digests(now, others);
        details.add(Exhibit.detail(difference(now, others.getLast().declared())));
        return new Finding(
                DivergenceCode.REVISION_EDITED,
                Severity.WARNING,
                now.revision(),
                "Revision %s is applied here, but its file changed.".formatted(MessageValues.id(now.revision())),
                evidence(now, others, details),
                List.of(new PlanStep(
                        null,
                        "Compare the two files, which the ledger keeps. If both do the same to the schema, no action is needed.",
                        sameFileEverywhere(now),
                        List.of("If they differ, restore the old file and put the new changes into a new revision.",
                                "Every database then runs the new revision."))));
    }

    private static Finding rewritten(Revision now, List<Variant> others) {
        Revision was = others.getLast().declared();
        List<Exhibit> details = digests(now, others);
        if (!Objects.equals(now.message(), was.message())) {
            details.add(Exhibit.detail("Its message was %s and is now %s.".formatted(message(was), message(now))));
        }
        details.add(Exhibit.detail("Both files declare the same and have the same code."));
        return new Finding(
                DivergenceCode.REVISION_EDITED,
                Severity.INFO,
                now.revision(),
                "Revision %s is applied here, and only comments, formatting or the message of its file changed."
                        .formatted(MessageValues.id(now.revision())),
                evidence(now, others, details),
                List.of(new PlanStep(
                        null,
                        "No database needs a change. To resolve this, deploy the same file to all sources.",
                        sameFileEverywhere(now),
                        List.of())));
    }

    /** In what the present file differs from another, as far as that is known. */
    private static String difference(Revision now, Revision was) {
        if (now.semantics() == null || was.semantics() == null) {
            return "The code that ran may differ from the file.";
        }
        List<String> declared = new ArrayList<>();
        if (!now.parents().equals(was.parents())) {
            declared.add("parents");
        }
        if (!now.dependsOn().equals(was.dependsOn())) {
            declared.add("dependencies");
        }
        if (!now.labels().equals(was.labels())) {
            declared.add("branch labels");
        }
        boolean sameCode = now.semantics().value().equals(was.semantics().value());
        if (declared.isEmpty()) {
            return "What it declares did not change, but its code did.";
        }
        return "Its %s changed, and its code %s.".formatted(ListText.and(declared),
                sameCode ? "did not" : "did, too");
    }

    private static List<Exhibit> digests(Revision now, List<Variant> others) {
        List<Exhibit> details = new ArrayList<>();
        details.add(Exhibit.detail("Its digest is now %s.".formatted(shortened(now.digest()))));
        for (Variant other : others) {
            Sighting first = other.sightings().getFirst();
            details.add(Exhibit.detail("Its digest was %s in %s of %s since %s.".formatted(
                    shortened(other.digest()), MessageValues.id(first.source()), MessageValues.id(first.environment()),
                    MessageValues.time(first.firstSeen()))));
        }
        return details;
    }

    private static List<Exhibit> evidence(Revision now, List<Variant> others, List<Exhibit> details) {
        List<Exhibit> evidence = new ArrayList<>();
        evidence.add(Exhibit.revision(now.revision()));
        evidence.add(Exhibit.file(now.file()));
        evidence.add(new Exhibit(Exhibit.What.DIGEST, now.digest()));
        SemanticDigest code = now.semantics();
        if (code != null) {
            evidence.add(new Exhibit(Exhibit.What.CODE, code.value()));
        }
        others.forEach(other -> evidence.add(new Exhibit(Exhibit.What.OTHER_DIGEST, other.digest())));
        return Stream.of(details, evidence).flatMap(all -> all.stream().limit(EXHIBITS)).toList();
    }

    private static String sameFileEverywhere(Revision now) {
        return "All sources have the same file for %s.".formatted(MessageValues.id(now.revision()));
    }

    private static String message(Revision revision) {
        String message = revision.message();
        if (message == null) {
            return "absent";
        }
        return MessageValues.id(message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE - 1) + "…");
    }

    private static String shortened(String digest) {
        return digest.length() <= SHORT ? digest : digest.substring(0, SHORT);
    }
}
