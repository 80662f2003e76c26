package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which divergences somebody asks for.
 *
 * @param project absent: of every project
 * @param environment absent: of every environment
 * @param codes none: whatever their code
 * @param severities none: whatever their severity
 * @param open absent: open and resolved ones
 * @param since those that were still there then or later; absent: from the beginning
 * @param until those that were there by then; absent: up to now
 * @param after those that come behind this one; absent: from the newest on
 * @param limit how many at most, the newest first
 */
record DivergenceFilter(
        @Nullable String project,
        @Nullable String environment,
        List<DivergenceCode> codes,
        List<Severity> severities,
        @Nullable Boolean open,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable UUID after,
        int limit) {
    DivergenceFilter {
        codes = List.copyOf(codes);
        severities = List.copyOf(severities);
    }
}
