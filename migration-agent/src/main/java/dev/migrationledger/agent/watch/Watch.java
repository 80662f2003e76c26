package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.AgentVersion;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.ObservationException.Kind;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.inference.round.AgentMemory;
import dev.migrationledger.agent.inference.round.CaptureState;
import dev.migrationledger.agent.inference.round.LastObservation;
import dev.migrationledger.agent.inference.round.Round;
import dev.migrationledger.agent.inference.round.ScriptsReading;
import dev.migrationledger.agent.publish.PublishedFiles;
import dev.migrationledger.agent.spool.Memory;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.spool.SpoolFailure;
import dev.migrationledger.agent.tracing.AgentTraces;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.GapReason.AgentNotRunning;
import dev.migrationledger.contracts.event.GapReason.DatabaseNotSeen;
import dev.migrationledger.contracts.event.GapReason.DatabaseNotSeen.Failure;
import dev.migrationledger.contracts.event.GapReason.SpoolNotWritten;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.wire.ContractJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes rounds and writes their facts into a spool. For one thread. */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger("watch");

    private final DatabaseObserver database;
    private final Scripts scripts;
    private final Spool spool;
    private final Clock clock;
    private final Mode mode;
    private final Map<String, String> labels;
    private final StoredMemory stored;
    private final AgentTraces traces;
    private AgentMemory memory;

    /**
     * How rounds follow each other.
     *
     * @param name as {@code AgentStarted} has it
     * @param silence the longest time between two observations that is not a gap; absent: observations are made on demand
     */
    record Mode(String name, @Nullable Duration silence) {

        static final Mode OBSERVE = new Mode("observe", null);

        static Mode watch(Duration interval) {
            Duration thrice = interval.multipliedBy(3);
            Duration restart = AgentMemory.UNCHANGED.multipliedBy(2);
            return new Mode("watch", thrice.compareTo(restart) > 0 ? thrice : restart);
        }
    }

    Watch(
            DatabaseObserver database, Scripts scripts, Spool spool, Clock clock, Mode mode,
            Map<String, String> labels, AgentTraces traces) {
        this.database = database;
        this.scripts = scripts;
        this.spool = spool;
        this.clock = clock;
        this.mode = mode;
        this.labels = Map.copyOf(labels);
        this.stored = new StoredMemory(spool);
        this.traces = traces;
        AgentMemory loaded = stored.load();
        LastObservation last = loaded.observed().last();
        this.memory = last != null
                && mode.silence != null
                && Duration.between(last.at(), clock.instant()).compareTo(mode.silence) > 0
                        ? loaded.withOutage(last.at(), new AgentNotRunning())
                        : loaded;
    }

    /**
     * One round. What it observed and concluded is in the spool when it returns.
     *
     * @return what was recorded
     * @throws ObservationException after the rest of the round was recorded, if the database could not be observed
     */
    List<AgentEnvelope> round() throws ObservationException {
        release();
        Observation seen;
        Instant asked = clock.instant();
        try {
            memory = stored.in(spool.epoch(), memory);
            seen = database.observe(memory.transactions(), memory.cursor(),
                    memory.schemaMark(database.scope().schemas()));
        } catch (ObservationException e) {
            if (e.kind() != Kind.BUSY) {
                memory = memory.withOutage(clock.instant(), new DatabaseNotSeen(failure(e.kind())));
            }
            if (memory.announced() || e.kind().passes()) {
                // The database first, the scripts second: what a migration wrote is then never newer than its script.
                traces.polled(asked, () -> record(null, asked));
            }
            throw e;
        }
        log(CaptureState.of(seen.captured()));
        if (seen.schema() instanceof SchemaObservation.Unread unread) {
            LOG.warn("{}", Paint.plain(unread.reason()));
        }
        return traces.polled(asked, () -> record(seen, asked));
    }

    private static Failure failure(Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> Failure.UNREACHABLE;
            case BUSY -> Failure.BUSY;
            case REJECTED -> Failure.REJECTED;
            case NO_DATABASE -> Failure.NO_DATABASE;
            case FORBIDDEN -> Failure.FORBIDDEN;
            case NOT_A_VERSION_TABLE -> Failure.NOT_A_VERSION_TABLE;
        };
    }

    /** Deletes captured changes from the database once the ledger has all events that were made of them. */
    void release() {
        String cursor = memory.cursor();
        LastObservation last = memory.observed().last();
        if (memory.captured().deletable() && cursor != null && last != null && spool.pending() == 0) {
            database.forget(last.seen().table(), cursor);
            memory = memory.withoutDeletable();
        }
    }

    /** Whether changes are captured, so notifications may arrive. */
    boolean captures() {
        return memory.captured().state().active();
    }

    /** Logs a change of the capture state once. */
    private void log(CaptureState state) {
        if (!state.equals(memory.captured().state())) {
            switch (state) {
                case CaptureState.Active active -> LOG.info("capture eventTriggers={}", active.eventTriggers());
                case CaptureState.Detached detached -> LOG.warn("{} Falling back to polling.", detached.eventTriggers()
                        ? "Capture begins when the version table is created; if it exists already, run 'capture install' again."
                        : "Capture is installed, but not on this version table; run 'capture install' again.");
                case CaptureState.Unusable unusable -> LOG.warn("{} Falling back to polling.", unusable.reason());
                case CaptureState.NotInstalled _ -> {
                }
            }
        }
        memory = memory.with(state);
    }

    private List<AgentEnvelope> record(@Nullable Observation seen, Instant asked) {
        while (true) {
            UUID epoch = spool.epoch();
            AgentMemory before = stored.in(epoch, memory);
            Instant now = clock.instant();
            ScriptsReading reading = scripts.now(seen == null ? List.of() : seen.table().rows());
            Round round = seen == null
                    ? Round.withoutObservation(before, reading, now)
                    : Round.of(before, seen, database.versionTable().toString(), database.scope().schemas(), reading,
                            asked, now);
            Optional<List<AgentEnvelope>> recorded;
            try {
                recorded = record(epoch, before, round, now);
            } catch (SpoolFailure e) {
                memory = memory.withOutage(now, new SpoolNotWritten(e.reason()));
                throw e;
            }
            if (recorded.isPresent()) {
                List<AgentEnvelope> all = new ArrayList<>(recorded.get());
                all.addAll(recordFiles(epoch, reading, now));
                return logged(all);
            }
        }
    }

    private Optional<List<AgentEnvelope>> record(UUID epoch, AgentMemory before, Round round, Instant now) {
        List<ObservedFact> facts = new ArrayList<>();
        boolean announce = !before.announced() || !before.published().start();
        if (announce) {
            facts.add(ObservedFact.now(now, new AgentStarted(AgentVersion.text(), scripts.tool(), mode.name, labels)));
        }
        facts.addAll(round.facts());
        Map<Memory, byte[]> changes = StoredMemory.changes(before, round.memory(), !facts.isEmpty());
        if (announce) {
            changes.put(Memory.PUBLISHED_START, ContractJson.write(labels));
        }
        Optional<List<AgentEnvelope>> recorded = spool.record(epoch, facts, changes);
        if (recorded.isPresent()) {
            memory = round.memory().recorded(changes.containsKey(Memory.LAST_OBSERVATION) ? now : null);
        }
        return recorded;
    }

    /** In a transaction of its own, after what is known of the database: the files are many and large. */
    private List<AgentEnvelope> recordFiles(UUID epoch, ScriptsReading reading, Instant now) {
        try {
            PublishedFiles.Delta files = scripts.files(memory.published().files(), reading);
            if (files.published().equals(memory.published().files())) {
                return List.of();
            }
            Optional<List<AgentEnvelope>> recorded = spool.record(epoch,
                    files.events().stream().map(event -> ObservedFact.noLaterThan(now, event)).toList(),
                    Map.of(Memory.PUBLISHED_FILES, ContractJson.write(files.published())));
            if (recorded.isPresent()) {
                memory = memory.with(files.published());
            }
            return recorded.orElse(List.of());
        } catch (OutOfMemoryError e) {
            scripts.failed(e);
            return List.of();
        }
    }

    /** The version table as observed last. */
    VersionTable table() {
        LastObservation last = memory.observed().last();
        if (last == null) {
            throw new IllegalStateException("nothing was observed yet");
        }
        return last.seen().table();
    }

    /** Records that the agent stops on purpose. */
    List<AgentEnvelope> stop(AgentStopped.Reason reason) {
        Instant now = clock.instant();
        while (true) {
            LastObservation last = memory.observed().last();
            Optional<List<AgentEnvelope>> recorded = spool.record(
                    spool.epoch(), List.of(ObservedFact.now(now, new AgentStopped(reason))),
                    last == null ? Map.of() : Map.of(Memory.LAST_OBSERVATION, ContractJson.write(last)));
            if (recorded.isPresent()) {
                return logged(recorded.get());
            }
        }
    }

    private static List<AgentEnvelope> logged(List<AgentEnvelope> recorded) {
        for (AgentEnvelope envelope : recorded) {
            LOG.info("{} sequence={}", Paint.plain(FactLine.of(envelope.event(), envelope.occurredAt())),
                    envelope.sequence());
        }
        return recorded;
    }
}
