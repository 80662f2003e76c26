package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where environments are told what happened to them. */
public final class Environments {

    private static final Logger log = LoggerFactory.getLogger(Environments.class);

    /** Another ledger on the same database may win the race a few times; each time this one has more to look at. */
    private static final int ATTEMPTS = 5;

    private final CommandGateway commands;
    private final Turns turns = new Turns();

    Environments(CommandGateway commands) {
        this.commands = commands;
    }

    /**
     * Decides and records in one transaction: when this returns, what it says is on disk.
     *
     * @throws ConcurrencyException if other ledgers kept recording about the same environment at the same moment
     * @throws EnvironmentBusy if too many wait to record about it already
     */
    public Recording record(RecordEvents command) {
        return decide(command);
    }

    /**
     * As {@link #record}: records how the divergences of an environment have changed.
     *
     * @return what was recorded; empty where nothing has changed
     */
    public List<RecordedEvent> judge(RecordDivergences command) {
        return decide(command);
    }

    /**
     * As {@link #record}: records that an environment is not used any more.
     *
     * @return what was recorded; empty where there is no such environment, or it is retired already
     */
    public List<RecordedEvent> retire(RetireEnvironment command) {
        return decide(command);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // Axon's signature
    private <R> R decide(EnvironmentCommand command) {
        return turns.inTurn(command.stream(), () -> attempt(command));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // Axon's signature
    private <R> R attempt(EnvironmentCommand command) {
        for (int attempt = 1;; attempt++) {
            try {
                return commands.sendAndWait(command);
            } catch (ConcurrencyException | AggregateStreamCreationException e) {
                // The second is Axon's word for a race about an environment's very first event.
                if (attempt == ATTEMPTS) {
                    throw new ConcurrencyException("other ledgers recorded first " + ATTEMPTS + " times", e);
                }
                log.atDebug()
                        .addKeyValue("environment", command.stream())
                        .addKeyValue("attempt", attempt)
                        .log("another ledger recorded first");
            }
        }
    }
}
