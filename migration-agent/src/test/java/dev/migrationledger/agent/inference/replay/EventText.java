package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.inference.EvidenceText;
import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.agent.inference.replay.Transition.Captured;
import dev.migrationledger.agent.inference.replay.Transition.Uncaptured;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;

/** Transitions in words. */
final class EventText {

    private EventText() {}

    static String of(Transition transition) {
        return switch (transition) {
            case Captured captured -> switch (captured.event()) {
                case RevisionApplied it -> "applied " + it.revision() + " " + EvidenceText.of(it.evidence());
                case RevisionReverted it -> "reverted " + it.revision() + " " + EvidenceText.of(it.evidence());
                case RevisionStamped it -> "stamped " + it.revisions() + " for " + it.replaced() + " "
                        + EvidenceText.of(it.evidence());
                case VersionTableEdited it -> "edited " + it.before() + " to " + it.after();
                default -> throw new AssertionError(captured);
            };
            case Uncaptured uncaptured -> "uncaptured " + of(uncaptured.before()) + " to " + of(uncaptured.after());
        };
    }

    private static String of(VersionTableRows rows) {
        return rows.missing() ? "missing" : rows.versions().toString();
    }
}
