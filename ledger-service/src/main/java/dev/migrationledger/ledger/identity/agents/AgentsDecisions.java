package dev.migrationledger.ledger.identity.agents;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.IdentityEvent.AboutAgents;
import dev.migrationledger.contracts.event.IdentityEvent.AgentEnrolled;
import dev.migrationledger.contracts.event.IdentityEvent.AgentKeyReinstated;
import dev.migrationledger.contracts.event.IdentityEvent.AgentKeyRevoked;
import dev.migrationledger.contracts.event.IdentityEvent.AgentKeySuspended;
import dev.migrationledger.contracts.event.IdentityEvent.EnrolmentCodeIssued;
import dev.migrationledger.contracts.identity.AgentKey.Status;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.Enrol;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.IssueCode;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.ReinstateKey;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.RevokeKey;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.SuspendKey;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be recorded about agents. Pure. */
public final class AgentsDecisions {

    /** Of one pattern, without revoked ones: an agent that enrols again and again does not go unnoticed. */
    public static final int MOST_KEYS = 100;

    /** That are open at once. */
    public static final int MOST_CODES = 1_000;

    private AgentsDecisions() {}

    public static Decision<AgentsResult> decide(Agents agents, AgentsCommand command) {
        return switch (command) {
            case IssueCode it -> open(agents, it) >= MOST_CODES
                    ? refused(AgentsResult.TOO_MANY)
                    : recorded(it, new EnrolmentCodeIssued(it.code(), it.digest(), it.project(), it.environment(),
                            it.until(), it.by(), it.comment()));
            case Enrol it -> enrol(agents, agents.codes().get(it.code()), it);
            case RevokeKey it -> status(agents, it.key()) == null || status(agents, it.key()) == Status.REVOKED
                    ? refused(AgentsResult.UNKNOWN)
                    : recorded(it, new AgentKeyRevoked(it.key(), it.by(), it.reason()));
            case SuspendKey it -> status(agents, it.key()) != Status.ACTIVE
                    ? refused(AgentsResult.UNCHANGED)
                    : recorded(it, new AgentKeySuspended(it.key(), it.shown(), it.noted()));
            case ReinstateKey it -> switch (status(agents, it.key())) {
                case SUSPENDED -> recorded(it, new AgentKeyReinstated(it.key(), it.by()));
                case ACTIVE -> refused(AgentsResult.UNCHANGED);
                case REVOKED -> refused(AgentsResult.UNKNOWN);
                case null -> refused(AgentsResult.UNKNOWN);
            };
        };
    }

    private static Decision<AgentsResult> enrol(Agents agents, Agents.@Nullable Code code, Enrol it) {
        if (code == null || !code.digest().equals(it.digest())) {
            return refused(AgentsResult.UNKNOWN);
        }
        if (!it.now().isBefore(code.until())) {
            return refused(AgentsResult.EXPIRED);
        }
        if (agents.keys().containsKey(it.key())) {
            return refused(AgentsResult.ENROLLED_BEFORE);
        }
        return keys(agents, code) >= MOST_KEYS
                ? refused(AgentsResult.TOO_MANY)
                : recorded(it, new AgentEnrolled(it.key(), it.publicKey(), it.name(), code.project(),
                        code.environment(), code.id()));
    }

    private static long open(Agents agents, IssueCode command) {
        return agents.codes().values().stream().filter(code -> command.now().isBefore(code.until())).count();
    }

    private static long keys(Agents agents, Agents.Code code) {
        return agents.keys().values().stream()
                .filter(key -> key.status() != Status.REVOKED && key.project().equals(code.project())
                        && key.environment().equals(code.environment()))
                .count();
    }

    private static @Nullable Status status(Agents agents, String id) {
        Agents.Key key = agents.keys().get(id);
        return key == null ? null : key.status();
    }

    private static Decision<AgentsResult> refused(AgentsResult why) {
        return new Decision<>(why, List.of());
    }

    private static Decision<AgentsResult> recorded(AgentsCommand command, AboutAgents event) {
        return new Decision<>(AgentsResult.DONE, List.of(new RecordedEvent(command.eventId(), null, null, null,
                Occurrence.exactly(command.now()), command.now(), event)));
    }
}
