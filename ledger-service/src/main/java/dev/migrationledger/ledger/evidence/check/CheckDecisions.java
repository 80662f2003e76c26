package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.EvidenceEvent.TamperingFound;
import dev.migrationledger.contracts.event.EvidenceEvent.TamperingRepaired;
import dev.migrationledger.contracts.event.EvidenceEvent;
import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.ledger.evidence.check.CheckCommand.EndRound;
import dev.migrationledger.ledger.evidence.check.CheckCommand.ReportTamperings;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What is recorded about changes of the database: each place once, and its end once. Pure. */
final class CheckDecisions {

    /** Open at once. Who changes more than this has been noticed. */
    static final int MOST = 1_000;

    static final Decider<CheckCommand, EvidenceState, List<Tampering>> DECIDER = Decider.of(EvidenceState.DEFINITION,
            CheckDecisions::decide);

    private CheckDecisions() {}

    /** @return what is recorded now: places that were found, or places that were repaired */
    private static Decision<List<Tampering>> decide(EvidenceState state, CheckCommand command) {
        return switch (command) {
            case ReportTamperings it -> recorded(command, it.found().stream().distinct()
                    .filter(one -> !state.open().contains(one))
                    .limit(Math.max(0, MOST - state.open().size()))
                    .<EvidenceEvent>map(TamperingFound::new));
            case EndRound it -> recorded(command, state.open().stream().distinct()
                    .filter(one -> !it.found().contains(one))
                    .<EvidenceEvent>map(TamperingRepaired::new));
        };
    }

    private static Decision<List<Tampering>> recorded(CheckCommand command, Stream<EvidenceEvent> about) {
        Random random = new Random(command.random());
        List<EvidenceEvent> events = about.toList();
        return new Decision<>(events.stream().map(EvidenceEvent::tampering).toList(), events.stream()
                .map(event -> new RecordedEvent(EventIds.next(command.now(), random), null, null, null,
                        Occurrence.exactly(command.now()), command.now(), event))
                .toList());
    }
}
