package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.wire.ContractJson;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A divergence that was detected and not resolved. Of its finding only as much is kept as tells whether another one says the
 * same: it stands in every snapshot.
 *
 * @param material equal for two findings whose severity, evidence and plan are equal, whatever their words
 */
record OpenDivergence(
        UUID divergence, DivergenceCode code, String subject, Severity severity, UUID material, Instant since) {

    static OpenDivergence of(UUID divergence, Finding finding, Instant since) {
        return new OpenDivergence(divergence, finding.code(), finding.subject(), finding.severity(),
                material(finding), since);
    }

    /** What makes two findings the same divergence. No code holds a blank. */
    static String key(Finding finding) {
        return key(finding.code(), finding.subject());
    }

    static String key(DivergenceCode code, String subject) {
        return code.code() + " " + subject;
    }

    boolean matches(Finding finding) {
        return material.equals(material(finding));
    }

    private static UUID material(Finding finding) {
        List<Exhibit> evidence = finding.evidence().stream().filter(exhibit -> !exhibit.what().equals("detail"))
                .toList();
        Finding wordless = new Finding(
                finding.code(), finding.severity(), finding.subject(), "", evidence, finding.plan());
        return UUID.nameUUIDFromBytes(ContractJson.write(wordless));
    }
}
