package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRegistered;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRevived;
import dev.migrationledger.contracts.event.LedgerEvent.RunProved;
import dev.migrationledger.ledger.environment.EnvironmentState.Known;
import dev.migrationledger.ledger.environment.RecordResult.Recorded;
import dev.migrationledger.ledger.environment.RecordResult.SequenceAhead;
import dev.migrationledger.ledger.environment.RecordResult.SequenceConflict;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What may be recorded about an environment. Pure: time and new ids come with the command. */
final class Decisions {

    private Decisions() {}

    static Decision<RecordResult> record(EnvironmentState state, RecordEvents command) {
        AgentEnvelope first = command.first();
        Known known = state.known(first.agent(), first.epoch());
        if (first.sequence() > known.last() + 1) {
            return new Decision<>(
                    new SequenceAhead(first.agent(), first.epoch(), known.last() + 1, first.sequence()), List.of());
        }
        return conflict(known, command.events())
                .map(conflict -> new Decision<>(conflict, List.of()))
                .orElseGet(() -> recorded(state, command, known));
    }

    /** What has changed about the divergences; nothing where an environment was never heard of or is retired. */
    static List<RecordedEvent> recordDivergences(EnvironmentState state, RecordDivergences command) {
        return state.registered() && !state.retired()
                ? DivergenceDiff.of(state, command, latest(state, command.now()))
                : List.of();
    }

    /** Nothing where an environment was never heard of, or is retired already. */
    static List<RecordedEvent> retire(EnvironmentState state, RetireEnvironment command) {
        return state.registered() && !state.retired()
                ? EnvironmentRetirement.of(state, command, latest(state, command.now()))
                : List.of();
    }

    /** A duplicate is recognised by its place in the sequence; whether it is another event is known for the latest only. */
    private static Optional<RecordResult> conflict(Known known, List<AgentEnvelope> events) {
        return events.stream()
                .filter(event -> known.idOf(event.sequence())
                        .filter(id -> !id.equals(event.eventId()))
                        .isPresent())
                .findFirst()
                .map(event -> new SequenceConflict(
                        event.agent(),
                        event.epoch(),
                        event.sequence(),
                        known.idOf(event.sequence()).orElseThrow(),
                        event.eventId()));
    }

    private static Decision<RecordResult> recorded(EnvironmentState state, RecordEvents command, Known known) {
        Instant recordedAt = latest(state, command.now());
        List<AgentEnvelope> fresh = command.events().stream()
                .filter(event -> event.sequence() > known.last())
                .toList();
        Stream<RecordedEvent> before = !state.registered()
                ? Stream.of(decided(command, recordedAt, new EnvironmentRegistered(labels(command))))
                : state.retired() && fresh.stream().anyMatch(Decisions::revives)
                        ? Stream.of(decided(command, recordedAt, new EnvironmentRevived(command.first().agent())))
                        : Stream.empty();
        Stream<RecordedEvent> recorded = Stream.concat(
                fresh.stream().map(event -> RecordedEvent.of(event, recordedAt, command.sentAt())),
                proved(command, fresh, recordedAt));
        int duplicates = command.events().size() - fresh.size();
        long last = Math.max(known.last(), command.events().getLast().sequence());
        return new Decision<>(
                new Recorded(new Receipt(fresh.size(), duplicates, last)), Stream.concat(before, recorded).toList());
    }

    /** A clock that is put right by so much does not reorder what is known. */
    private static final Duration PUT_RIGHT = Duration.ofMinutes(1);

    /** A clock that was far ahead and is right again goes on: who waited for the time to come would wait for as long as it was ahead. */
    private static Instant latest(EnvironmentState state, Instant now) {
        Instant before = state.recordedAt();
        return before != null && before.isAfter(now) && Duration.between(now, before).compareTo(PUT_RIGHT) <= 0
                ? before
                : now;
    }

    /** An agent that stops says that nobody uses it; whatever else is told was seen by somebody who does. */
    private static boolean revives(AgentEnvelope event) {
        return !(event.event() instanceof AgentStopped);
    }

    private static Map<String, String> labels(RecordEvents command) {
        return command.events().stream()
                .map(AgentEnvelope::event)
                .filter(AgentStarted.class::isInstance)
                .map(event -> ((AgentStarted) event).labels())
                .findFirst()
                .orElse(Map.of());
    }

    /** After all of a batch, which has the start of one run at most, but may have those of earlier runs. */
    private static Stream<RecordedEvent> proved(
            RecordEvents command, List<AgentEnvelope> fresh, Instant recordedAt) {
        RecordEvents.Proof proof = command.proof();
        if (proof == null) {
            return Stream.empty();
        }
        Iterator<UUID> ids = proof.eventIds().iterator();
        return fresh.stream()
                .map(AgentEnvelope::event)
                .filter(RunStarted.class::isInstance)
                .map(event -> decided(command, ids.next(), recordedAt,
                        new RunProved(((RunStarted) event).run(), proof.pipeline())))
                .toList().stream();
    }

    private static RecordedEvent decided(RecordEvents command, Instant recordedAt, LedgerEvent event) {
        return decided(command, command.decisionId(), recordedAt, event);
    }

    private static RecordedEvent decided(RecordEvents command, UUID id, Instant recordedAt, LedgerEvent event) {
        return new RecordedEvent(
                id,
                command.first().project(),
                command.first().environment(),
                null,
                Occurrence.exactly(recordedAt),
                recordedAt,
                event);
    }
}
