package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent.PolicyApplied;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.util.List;

/** What may be recorded about a project's policy. Pure. */
final class PolicyDecisions {

    private PolicyDecisions() {}

    /**
     * What counts afterwards.
     *
     * @param applied whether it is what was asked for
     */
    record Applied(int version, boolean applied) {}

    /** A policy that counts already is not recorded again, whatever it was to replace. */
    static Decision<Applied> apply(ProjectState state, ApplyPolicy command) {
        PolicyApplied before = state.policy();
        int known = before == null ? 0 : before.version();
        if (before != null && before.text().equals(command.text())) {
            return new Decision<>(new Applied(known, true), List.of());
        }
        if (command.replaces() != null && command.replaces() != known) {
            return new Decision<>(new Applied(known, false), List.of());
        }
        int version = known + 1;
        return new Decision<>(new Applied(version, true),
                List.of(new RecordedEvent(command.eventId(), command.project(), null, null,
                        Occurrence.exactly(command.now()), command.now(),
                        new PolicyApplied(version, command.by(), command.text()))));
    }
}
