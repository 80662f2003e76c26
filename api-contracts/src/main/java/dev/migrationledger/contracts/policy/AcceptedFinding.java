package dev.migrationledger.contracts.policy;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Sha256;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A finding that a project lives with for a while. The baseline is the list of them.
 *
 * @param subject as in {@link Finding}
 * @param severity when it was accepted
 * @param facts digests of its evidence when it was accepted, as {@link #facts} makes them
 * @param owner who takes care of it
 * @param until it is as if it had not been accepted from then on
 */
public record AcceptedFinding(
        String environment,
        DivergenceCode code,
        String subject,
        Severity severity,
        Set<String> facts,
        String reason,
        String owner,
        Instant until) {

    /** Enough that two facts of one finding never share it by accident. */
    private static final int LENGTH = 16;

    public AcceptedFinding {
        facts = Collections.unmodifiableSet(new TreeSet<>(facts));
    }

    /** Whether it is about the same thing, better or worse. */
    public boolean isAbout(String where, Finding finding) {
        return environment.equals(where) && code == finding.code() && subject.equals(finding.subject());
    }

    /** Whether the finding is still as accepted: at most as severe, and without new evidence. */
    public boolean covers(Finding finding) {
        // The gravest severity is declared first.
        return severity.compareTo(finding.severity()) <= 0 && newFacts(finding).isEmpty();
    }

    public Set<String> newFacts(Finding finding) {
        Set<String> added = new HashSet<>(facts(finding));
        added.removeAll(facts);
        return added;
    }

    /**
     * What a finding shows, without its words, and without lines and times, which move although nothing else changes. Where it is known what a
     * file does, the digest of its bytes moves likewise.
     */
    public static Set<String> facts(Finding finding) {
        boolean codeIsKnown = finding.evidence().stream().anyMatch(exhibit -> exhibit.what() == Exhibit.What.CODE);
        return finding.evidence().stream()
                .filter(exhibit -> !exhibit.isSentence() && exhibit.what() != Exhibit.What.SINCE)
                .filter(exhibit -> !codeIsKnown || exhibit.what() != Exhibit.What.DIGEST)
                .map(AcceptedFinding::fact)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String fact(Exhibit exhibit) {
        ObjectName object = exhibit.object();
        List<String> parts = object == null
                ? List.of(exhibit.value())
                : List.of(object.kind().name(), String.valueOf(object.schema()), String.valueOf(object.table()),
                        object.name());
        // NUL is in no name.
        return Sha256.hex(exhibit.what().name() + '\0' + exhibit.where() + '\0' + String.join("\0", parts))
                .substring(0, LENGTH);
    }
}
