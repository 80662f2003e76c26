package dev.migrationledger.agent.watch;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * What an agent concludes about the version table, in words.
 *
 * @param text such as {@code applied a}
 */
record StepText(String text, Evidence evidence) {

    /** Empty for an event that concludes nothing. */
    static Optional<StepText> of(AgentEvent event) {
        return switch (event) {
            case RevisionApplied it -> step("applied " + it.revision() + inferred(it.inferred()), it.evidence());
            case RevisionReverted it -> step("reverted " + it.revision() + inferred(it.inferred()), it.evidence());
            case RevisionStamped it -> step("stamped " + it.revisions() + " for " + it.replaced(), it.evidence());
            case VersionTableEdited it -> step("edited " + it.before() + " to " + it.after(), it.evidence());
            default -> Optional.empty();
        };
    }

    static List<StepText> of(List<AgentEnvelope> events) {
        return events.stream().map(AgentEnvelope::event).flatMap(event -> of(event).stream()).toList();
    }

    private static Optional<StepText> step(String text, Evidence evidence) {
        return Optional.of(new StepText(text, evidence));
    }

    private static String inferred(boolean inferred) {
        return inferred ? " inferred" : "";
    }
}
