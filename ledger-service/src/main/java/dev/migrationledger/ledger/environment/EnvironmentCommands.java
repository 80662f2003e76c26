package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.RecordingConflict;
import dev.migrationledger.ledger.recording.StreamBusy;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.util.List;

/** Records what happened in environments and what the ledger decides about them. */
public final class EnvironmentCommands {

    private static final Decider<RecordEvents, EnvironmentState, RecordResult> RECORD = Decider.of(
            EnvironmentState.DEFINITION, Decisions::record);
    private static final Decider<RecordDivergences, EnvironmentState, List<RecordedEvent>> RECORD_DIVERGENCES = Decider
            .of(
                    EnvironmentState.DEFINITION,
                    (state, command) -> recorded(Decisions.recordDivergences(state, command)));
    private static final Decider<RetireEnvironment, EnvironmentState, List<RecordedEvent>> RETIRE = Decider.of(
            EnvironmentState.DEFINITION, (state, command) -> recorded(Decisions.retire(state, command)));

    private final Recorder recorder;

    EnvironmentCommands(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * Decides and records in one transaction: when this returns, what it says is on disk.
     *
     * @throws RecordingConflict if other ledgers kept recording about the same environment at the same moment
     * @throws StreamBusy if too many commands wait for the environment already
     */
    public Decision<RecordResult> record(RecordEvents command) {
        return recorder.decide(RECORD, command);
    }

    /** As {@link #record}, several in one transaction: all, or an exception and none. */
    public List<Decision<RecordResult>> recordAll(List<RecordEvents> commands) {
        return recorder.decideAll(RECORD, commands);
    }

    /**
     * As {@link #record}: records how the divergences of an environment have changed.
     *
     * @return what was recorded; empty where nothing has changed
     */
    public List<RecordedEvent> recordDivergences(RecordDivergences command) {
        return recorder.decide(RECORD_DIVERGENCES, command).result();
    }

    /**
     * As {@link #record}: records that an environment is not used any more.
     *
     * @return what was recorded; empty where there is no such environment, or it is retired already
     */
    public List<RecordedEvent> retire(RetireEnvironment command) {
        return recorder.decide(RETIRE, command).result();
    }

    /** The answer is what is recorded. */
    private static Decision<List<RecordedEvent>> recorded(List<RecordedEvent> events) {
        return new Decision<>(events, events);
    }
}
