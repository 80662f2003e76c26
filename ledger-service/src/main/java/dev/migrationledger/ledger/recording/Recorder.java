package dev.migrationledger.ledger.recording;

import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides commands and records what was decided. The only way into the event store. */
public final class Recorder {

    private static final Logger log = LoggerFactory.getLogger(Recorder.class);

    /** Another ledger on the same database may win the race a few times; each time this one has more to look at. */
    private static final int ATTEMPTS = 5;

    private final CommandGateway commands;
    private final StreamQueues queues = new StreamQueues();

    Recorder(CommandBus bus, CommandGateway commands, StreamRepositories repositories) {
        this.commands = commands;
        bus.subscribe(Decide.class.getName(), message -> ((Decide<?, ?, ?>) message.getPayload()).in(repositories));
    }

    private record Decide<C extends Command, S, R>(Decider<C, S, R> decider, C command) {
        Decision<R> in(StreamRepositories repositories) throws Exception {
            return repositories.of(decider.state(), command.stream())
                    .loadOrCreate(command.stream().key(), () -> new StreamAggregate<>(decider.state()))
                    .invoke(stream -> stream.decide(decider, command));
        }
    }

    /**
     * Decides and records in one transaction: when this returns, what it says is on disk, and every view of it.
     *
     * @throws RecordingConflict if other ledgers kept recording about the same stream at the same moment
     * @throws StreamBusy if too many commands wait for the stream already
     */
    public <C extends Command, S, R> Decision<R> decide(Decider<C, S, R> decider, C command) {
        return queues.inTurn(command.stream(), () -> attempt(decider, command));
    }

    private <C extends Command, S, R> Decision<R> attempt(Decider<C, S, R> decider, C command) {
        for (int attempt = 1;; attempt++) {
            try {
                return commands.sendAndWait(new Decide<>(decider, command));
            } catch (ConcurrencyException | AggregateStreamCreationException e) {
                // The second is Axon's word for a race about a stream's very first event.
                if (attempt == ATTEMPTS) {
                    throw new RecordingConflict(command.stream(), ATTEMPTS, e);
                }
                log.atDebug()
                        .addKeyValue("stream", command.stream())
                        .addKeyValue("attempt", attempt)
                        .log("another ledger recorded first");
            }
        }
    }
}
