package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.situation.Observations.ToolCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A row that no script of its environment explains, "Can't locate revision", may be a revision that some source of the project once had:
 * then it is said what it follows and where it was, and how its file comes back. Pure.
 */
final class DeletedRevisionHint {

    private DeletedRevisionHint() {}

    static Finding added(Finding finding, String project, ToolCall tool,
            Function<String, Optional<RevisionHistory>> remembered) {
        return finding.code() == DivergenceCode.UNKNOWN_REVISION
                ? remembered.apply(finding.subject()).map(history -> added(finding, project, tool, history))
                        .orElse(finding)
                : finding;
    }

    private static Finding added(Finding finding, String project, ToolCall tool, RevisionHistory history) {
        RevisionVariant latest = history.variants().stream()
                .max(Comparator.comparing((RevisionVariant variant) -> variant.lastSeen().at()))
                .orElseThrow();
        Revision declared = latest.declared();
        Sighting last = latest.lastSeen();
        List<Exhibit> evidence = new ArrayList<>(finding.evidence());
        evidence.add(Exhibit.detail("The project had it in '%s', with %s as parent.".formatted(declared.file(),
                declared.parents().isEmpty()
                        ? "no revision"
                        : ListText.and(ListText.quoted(declared.parents())))));
        evidence.add(Exhibit
                .detail("It was last seen at %s in source '%s' of environment '%s'.".formatted(last.at(), last.source(),
                        last.environment())));
        if (latest.fileStored()) {
            evidence.add(Exhibit.detail("The ledger still has its file."));
        }
        evidence.add(new Exhibit(What.REMEMBERED_FILE, declared.file()));
        declared.parents().forEach(parent -> evidence.add(new Exhibit(What.REMEMBERED_PARENT, parent)));
        evidence.add(new Exhibit(What.SOURCE, last.source()));
        List<PlanStep> plan = new ArrayList<>();
        if (latest.fileStored()) {
            plan.add(new PlanStep(
                    "migration-agent show %s --ledger \"$LEDGER\" --project %s --digest %s --write ."
                            .formatted(ToolCall.word(declared.revision()), project, declared.digest()),
                    "Writes the deleted file into this folder. It overwrites no file and runs nothing.",
                    "The file %s exists.".formatted(name(declared.file())),
                    List.of("Set LEDGER to the address of this ledger.",
                            "Move the file to the other scripts: then '%s %s' finds it."
                                    .formatted(tool.command("show"), ToolCall.word(declared.revision())))));
        }
        plan.addAll(finding.plan());
        return new Finding(
                finding.code(), finding.severity(), finding.subject(),
                finding.message(), evidence, plan);
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
