package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.wire.ContractJson;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a finding says, without its words: two versions of the ledger that say the same in other sentences have equal facts.
 *
 * @param evidence without lines for people; an object is named by its parts
 * @param commands of the plan
 */
public record FindingFacts(
        DivergenceCode code, Severity severity, String subject, List<Exhibit> evidence, List<String> commands) {

    public FindingFacts {
        evidence = List.copyOf(evidence);
        commands = List.copyOf(commands);
    }

    public static FindingFacts of(Finding finding) {
        return new FindingFacts(finding.code(), finding.severity(), finding.subject(),
                finding.evidence().stream().filter(exhibit -> !exhibit.isSentence()).map(FindingFacts::wordless)
                        .toList(),
                finding.plan().stream().map(PlanStep::command).filter(Objects::nonNull).toList());
    }

    /** How an object's kind is called is a word, too. */
    private static Exhibit wordless(Exhibit exhibit) {
        return exhibit.object() == null
                ? exhibit
                : new Exhibit(exhibit.what(), "", exhibit.line(), exhibit.object(), exhibit.where(), exhibit.since());
    }

    /** What makes two findings of one environment the same divergence. No code holds a blank. */
    public static String key(DivergenceCode code, String subject) {
        return code.code() + " " + subject;
    }

    UUID digest() {
        return UUID.nameUUIDFromBytes(ContractJson.write(this));
    }
}
