package dev.migrationledger.ledger.recording;

import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
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
        bus.subscribe(DecideAll.class.getName(),
                message -> ((DecideAll<?, ?, ?>) message.getPayload()).in(repositories));
    }

    private record Decide<C extends Command, S, R>(Decider<C, S, R> decider, C command) {
        Decision<R> in(StreamRepositories repositories) throws Exception {
            return repositories.of(decider.state(), command.stream())
                    .loadOrCreate(command.stream().key(), () -> new StreamAggregate<>(decider.state()))
                    .invoke(stream -> stream.decide(decider, command));
        }
    }

    /** By stream, in the order of their keys: transactions that share streams must not wait for each other. */
    private record DecideAll<C extends Command, S, R>(Decider<C, S, R> decider, SortedMap<String, List<C>> commands) {
        SortedMap<String, List<Decision<R>>> in(StreamRepositories repositories) throws Exception {
            SortedMap<String, List<Decision<R>>> decisions = new TreeMap<>();
            for (Map.Entry<String, List<C>> stream : commands.entrySet()) {
                decisions.put(stream.getKey(), repositories
                        .of(decider.state(), stream.getValue().getFirst().stream())
                        .loadOrCreate(stream.getKey(), () -> new StreamAggregate<>(decider.state()))
                        .invoke(it -> stream.getValue().stream().map(command -> it.decide(decider, command)).toList()));
            }
            return decisions;
        }
    }

    /**
     * Decides several commands and records in one transaction: all that was decided is on disk when this returns, or nothing. Commands about one
     * stream are decided in their order.
     *
     * @return decisions in the order of the commands
     * @throws RecordingConflict if another ledger recorded about one of the streams at the same moment
     * @throws StreamBusy if too many commands wait for one of the streams already
     */
    public <C extends Command, S, R> List<Decision<R>> decideAll(Decider<C, S, R> decider, List<C> commands) {
        SortedMap<String, List<C>> streams = new TreeMap<>();
        commands.forEach(it -> streams.computeIfAbsent(it.stream().key(), _ -> new ArrayList<>()).add(it));
        DecideAll<C, S, R> all = new DecideAll<>(decider, streams);
        SortedMap<String, List<Decision<R>>> decided = inTurn(
                streams.values().stream().map(it -> it.getFirst().stream()).toList(), () -> together(all));
        Map<String, Iterator<Decision<R>>> next = new HashMap<>();
        decided.forEach((stream, decisions) -> next.put(stream, decisions.iterator()));
        return commands.stream().map(it -> Objects.requireNonNull(next.get(it.stream().key())).next()).toList();
    }

    private <R> R inTurn(List<StreamId> streams, Supplier<R> commands) {
        return streams.isEmpty()
                ? commands.get()
                : queues.inTurn(streams.getFirst(), () -> inTurn(streams.subList(1, streams.size()), commands));
    }

    private <C extends Command, S, R> SortedMap<String, List<Decision<R>>> together(DecideAll<C, S, R> all) {
        try {
            return commands.sendAndWait(all);
        } catch (ConcurrencyException | AggregateStreamCreationException e) {
            throw new RecordingConflict(all.commands().values().iterator().next().getFirst().stream(), 1, e);
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
