package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent.PolicyApplied;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.util.List;

/** What may be recorded about a project's policy. Pure. */
final class PolicyDecisions {

    private PolicyDecisions() {}

    /** The answer is the version that counts: a policy that counts already is not recorded again. */
    static Decision<Integer> apply(ProjectState state, ApplyPolicy command) {
        PolicyApplied before = state.policy();
        if (before != null && before.text().equals(command.text())) {
            return new Decision<>(before.version(), List.of());
        }
        int version = before == null ? 1 : before.version() + 1;
        return new Decision<>(version, List.of(new RecordedEvent(command.eventId(), command.project(), null, null,
                Occurrence.exactly(command.now()), command.now(),
                new PolicyApplied(version, command.by(), command.text()))));
    }
}
