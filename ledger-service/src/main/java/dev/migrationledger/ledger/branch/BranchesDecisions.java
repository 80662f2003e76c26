package dev.migrationledger.ledger.branch;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.BranchEvent.*;
import dev.migrationledger.contracts.event.BranchEvent;
import dev.migrationledger.ledger.branch.BranchesCommand.Close;
import dev.migrationledger.ledger.branch.BranchesCommand.Publish;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What may be recorded about the branches of one project. Pure: time and chance come with the command. */
final class BranchesDecisions {

    static final Decider<BranchesCommand, BranchesState, Result> DECIDER = Decider.of(BranchesState.DEFINITION,
            BranchesDecisions::decide);

    /** More are open in no project that people still look through. */
    static final int MOST = 2_000;

    /** A pipeline publishes the same again and again; that it is still so is recorded once in this time. */
    static final Duration AGAIN = Duration.ofDays(1);

    private BranchesDecisions() {}

    /** What came of a command. */
    enum Result {
        DONE,
        /** The project has no such branch. */
        UNKNOWN,
        /** The project has {@link #MOST} open branches. */
        TOO_MANY
    }

    static Decision<Result> decide(BranchesState state, BranchesCommand command) {
        return switch (command) {
            case Publish publish -> publish(state, publish);
            case Close close -> state.branches().containsKey(close.source())
                    ? recorded(close, List.of(new BranchClosed(close.source(), close.by())))
                    : new Decision<>(Result.UNKNOWN, List.of());
        };
    }

    private static Decision<Result> publish(BranchesState state, Publish publish) {
        Branch known = state.branches().get(publish.source());
        boolean same = known == null
                ? publish.scripts().own().isEmpty()
                : known.scripts().equals(publish.scripts()) && known.at().isAfter(publish.now().minus(AGAIN));
        if (!same && known == null && state.branches().values().stream()
                .filter(one -> !one.isForgotten(publish.now())).count() >= MOST) {
            return new Decision<>(Result.TOO_MANY, List.of());
        }
        List<BranchEvent> events = new ArrayList<>();
        if (!same) {
            events.add(new BranchPublished(publish.source(), publish.by(), publish.scripts().own(),
                    publish.scripts().follows()));
        }
        if (!publish.authors().isEmpty()
                && !publish.authors().equals(state.authors().getOrDefault(publish.source(), List.of()))) {
            events.add(new BranchAuthorsRead(publish.source(), publish.authors()));
        }
        return recorded(publish, events);
    }

    private static Decision<Result> recorded(BranchesCommand command, List<BranchEvent> events) {
        SplittableRandom random = new SplittableRandom(command.chance());
        return new Decision<>(Result.DONE, events.stream()
                .map(event -> new RecordedEvent(EventIds.next(command.now(), random), command.project(), null, null,
                        Occurrence.exactly(command.now()), command.now(), event))
                .toList());
    }
}
