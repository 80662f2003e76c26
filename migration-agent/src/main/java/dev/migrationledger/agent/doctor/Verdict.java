package dev.migrationledger.agent.doctor;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.rules.Diagnosis;

/** All that is seen in one word. */
public enum Verdict {
    /** Nothing is wrong and nothing is to be done. */
    HEALTHY,
    /** Nothing is wrong, and revisions are to be run. */
    BEHIND,
    /** Nothing contradicts the stamp, and not enough speaks for it. */
    UNCONFIRMED,
    /** Something is not as it should be; nothing fails yet. */
    WARNING,
    /** The next migration fails, or does something nobody meant. */
    WRONG,
    /** Something that was asked for could not be seen; what was seen may be wrong all the same. */
    UNKNOWN;

    static Verdict of(Examination examination, Diagnosis diagnosis) {
        if (!examination.unseen().isEmpty()) {
            return UNKNOWN;
        }
        if (has(diagnosis, Severity.ERROR)) {
            return WRONG;
        }
        if (diagnosis.findings().stream().anyMatch(finding -> finding.severity() == Severity.WARNING
                && finding.code() != DivergenceCode.STAMP_UNCONFIRMED)) {
            return WARNING;
        }
        if (diagnosis.confirmation() != null && !diagnosis.confirmation().isEnough()) {
            return UNCONFIRMED;
        }
        return diagnosis.findings().stream().anyMatch(finding -> finding.code() == DivergenceCode.BEHIND_HEAD)
                ? BEHIND
                : HEALTHY;
    }

    static boolean has(Diagnosis diagnosis, Severity severity) {
        return diagnosis.findings().stream().anyMatch(finding -> finding.severity() == severity);
    }
}
