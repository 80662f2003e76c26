package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a project demands of deploys. About a project. */
public sealed interface PolicyEvent extends LedgerEvent {

    /**
     * An administrator applied a policy; it replaces the one before.
     *
     * @param version 1 for the first one of the project, then one more each time
     * @param by who applied it, as the ledger knows them
     * @param text of the file, as it was written
     */
    record PolicyApplied(int version, String by, String text) implements PolicyEvent {}

    /**
     * An administrator accepted a finding as it is. This replaces what was accepted before about the same environment, code and subject.
     *
     * @param severity of the finding then
     * @param facts digests of its evidence then, sorted
     * @param owner who takes care of it
     * @param until from then on it is as if it had not been accepted
     * @param by who accepted it, as the ledger knows them
     */
    record AcceptanceGranted(
            UUID acceptance, String environment, DivergenceCode code, String subject, Severity severity,
            List<String> facts, String reason, String owner, Instant until, String by) implements PolicyEvent {
        public AcceptanceGranted {
            facts = List.copyOf(facts);
        }
    }

    /** An administrator took an acceptance back. */
    record AcceptanceWithdrawn(UUID acceptance, String by) implements PolicyEvent {}

    /** The time of an acceptance is over. It occurred at the end that the acceptance names. */
    record AcceptanceExpired(UUID acceptance) implements PolicyEvent {}
}
