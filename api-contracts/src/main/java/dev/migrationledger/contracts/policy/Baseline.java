package dev.migrationledger.contracts.policy;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The findings that a project accepts for a while.
 *
 * @param findings by environment, code and subject
 */
public record Baseline(String project, List<Entry> findings) {

    /** The longest reason, in characters. */
    public static final int LONGEST_REASON = 1_000;

    /** The longest owner, in characters. */
    public static final int LONGEST_OWNER = 200;

    /** The longest time for which a finding is accepted. */
    public static final int LONGEST_DAYS = 366;

    public Baseline {
        findings = List.copyOf(findings);
    }

    /**
     * An accepted finding.
     *
     * @param subject as in {@link dev.migrationledger.contracts.diagnosis.Finding}
     * @param severity when it was accepted
     * @param owner who takes care of it
     * @param until from then on it is as if it had not been accepted
     * @param by who accepted it, as the ledger knows them
     */
    public record Entry(
            UUID id, String environment, DivergenceCode code, String subject, Severity severity, String reason,
            String owner, Instant until, String by, Instant acceptedAt, Status status) {}

    /** What became of an accepted finding. */
    public enum Status {
        /** It is there as it was accepted, and blocks no deploy. */
        OPEN,
        /** It is graver than it was, or has evidence that it did not have: a new finding. */
        WORSE,
        /** It is there, and accepted no longer. */
        ENDED,
        /** It is not found any more. */
        GONE
    }

    /**
     * Asks to accept findings that are open now. What was accepted before about the same finding is replaced.
     *
     * @param codes of findings; absent: all
     * @param subjects of findings; absent: all
     */
    public record Acceptance(
            String environment, @Nullable List<DivergenceCode> codes, @Nullable List<String> subjects, String reason,
            String owner, Instant until) {
        public Acceptance {
            codes = codes == null ? null : List.copyOf(codes);
            subjects = subjects == null ? null : List.copyOf(subjects);
        }
    }
}
