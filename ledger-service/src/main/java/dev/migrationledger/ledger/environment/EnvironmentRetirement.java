package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.diagnosis.Resolution;
import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceResolved;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRetired;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What is recorded when an environment is retired: that it is, and that its divergences are not looked for any more. Pure. */
final class EnvironmentRetirement {

    private EnvironmentRetirement() {}

    static List<RecordedEvent> of(EnvironmentState state, RetireEnvironment command, Instant recordedAt) {
        SplittableRandom random = new SplittableRandom(command.chance());
        Resolution why = new Resolution(Resolution.Cause.ENVIRONMENT_RETIRED, command.reason());
        Stream<LedgerEvent> closed = state.open().values().stream()
                .map(open -> new DivergenceResolved(open.divergence(), open.code(),
                        lastSeen(open, command), why));
        return Stream.concat(closed, Stream.of(new EnvironmentRetired(command.by(), command.reason())))
                .map(event -> new RecordedEvent(EventIds.next(command.now(), random), command.project(),
                        command.environment(), null, Occurrence.exactly(recordedAt), recordedAt, event))
                .toList();
    }

    private static Instant lastSeen(OpenDivergence open, RetireEnvironment command) {
        Instant observed = command.observedAt();
        return observed == null || observed.isBefore(open.since()) ? open.since() : observed;
    }
}
