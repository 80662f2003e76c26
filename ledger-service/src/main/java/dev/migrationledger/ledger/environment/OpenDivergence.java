package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import java.time.Instant;
import java.util.UUID;

/**
 * A divergence that was detected and not resolved. Of its finding only as much is kept as tells whether another one says the
 * same: it stands in every snapshot.
 *
 * @param material digest of its {@link FindingFacts}: equal for two findings that say the same, whatever their words
 */
record OpenDivergence(
        UUID divergence, DivergenceCode code, String subject, Severity severity, UUID material, Instant since) {

    static OpenDivergence of(UUID divergence, Finding finding, Instant since) {
        return new OpenDivergence(divergence, finding.code(), finding.subject(), finding.severity(),
                FindingFacts.of(finding).digest(), since);
    }

    /** What makes two findings the same divergence. */
    static String key(Finding finding) {
        return FindingFacts.key(finding.code(), finding.subject());
    }

    boolean matches(Finding finding) {
        return material.equals(FindingFacts.of(finding).digest());
    }
}
