package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.AgentVersion;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.ObservationException.Kind;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.agent.inference.poll.SchemaBaseline;
import dev.migrationledger.agent.inference.round.CapturePosition;
import dev.migrationledger.agent.inference.round.LastObservation;
import dev.migrationledger.agent.inference.round.Round;
import dev.migrationledger.agent.inference.round.Round.Before;
import dev.migrationledger.agent.inference.round.Round.Outage;
import dev.migrationledger.agent.inference.round.Round.SchemaMemory;
import dev.migrationledger.agent.inference.round.ScriptsReading;
import dev.migrationledger.agent.publish.PublishedFiles;
import dev.migrationledger.agent.publish.PublishedScripts;
import dev.migrationledger.agent.spool.Memory;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.wire.ContractJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes rounds and puts what they say into a spool. For one thread. */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger("watch");

    /** How often it is written down that nothing changed. A restart knows its last look that exactly. */
    private static final Duration UNCHANGED = Duration.ofMinutes(1);

    private final DatabaseObserver database;
    private final Scripts scripts;
    private final Spool spool;
    private final Clock clock;
    private final Mode mode;
    private final Map<String, String> labels;

    private boolean started;
    private @Nullable LastObservation look;
    private @Nullable Instant lookWritten;
    private @Nullable Outage blindness;
    private @Nullable CapturePosition capture;
    private LoggedChanges captured = new LoggedChanges.Absent();
    private String saidOfCapture = "";
    // After a restart there may be something that was told and not yet let go.
    private boolean toLetGo = true;

    // What the ledger was told, as long as this epoch is the spool's.
    private @Nullable UUID toldIn;
    private boolean toldStart;
    private @Nullable PublishedScripts toldScripts;
    private @Nullable PublishedFiles publishedFiles;
    private @Nullable VersionTable toldTable;
    private SchemaMemory schema = SchemaMemory.NOTHING;

    /**
     * How rounds follow each other.
     *
     * @param name as {@code AgentStarted} has it
     * @param silence the longest time between two looks that is no gap; absent: looks come when somebody asks for them
     */
    record Mode(String name, @Nullable Duration silence) {

        static final Mode OBSERVE = new Mode("observe", null);

        static Mode watch(Duration interval) {
            Duration thrice = interval.multipliedBy(3);
            return new Mode("watch",
                    thrice.compareTo(UNCHANGED.multipliedBy(2)) > 0 ? thrice : UNCHANGED.multipliedBy(2));
        }
    }

    Watch(
            DatabaseObserver database, Scripts scripts, Spool spool, Clock clock, Mode mode,
            Map<String, String> labels) {
        this.database = database;
        this.scripts = scripts;
        this.spool = spool;
        this.clock = clock;
        this.mode = mode;
        this.labels = Map.copyOf(labels);
        this.look = spool.remembered(Memory.LAST_LOOK, LastObservation.class)
                .orElse(null);
        this.capture = spool.remembered(Memory.CAPTURE)
                .map(json -> ContractJson.read(json, CapturePosition.class))
                .orElse(null);
        LastObservation remembered = look;
        if (remembered != null
                && mode.silence != null
                && Duration.between(remembered.at(), clock.instant()).compareTo(mode.silence) > 0) {
            blindness = new Outage(remembered.at(), "The agent was not running.");
        }
    }

    /**
     * One round. What it saw and what follows from it is in the spool when it returns.
     *
     * @return what was recorded
     * @throws ObservationException after the rest of the round was recorded, if the database could not be seen
     */
    List<AgentEnvelope> round() throws ObservationException {
        release();
        Observation seen;
        Instant asked = clock.instant();
        try {
            seen = database.observe(knownTransactions(), capture == null ? null : capture.cursor(), schemaMark());
        } catch (ObservationException e) {
            if (e.kind() != Kind.BUSY && blindness == null) {
                blindness = new Outage(clock.instant(), String.valueOf(e.getMessage()));
            }
            if (started || e.kind().passes()) {
                // The database first, the scripts second: what a migration wrote is then never newer than its script.
                record(null, asked);
            }
            throw e;
        }
        log(seen.captured());
        if (seen.schema() instanceof SchemaObservation.Unread unread) {
            LOG.warn("{}", Paint.plain(unread.reason()));
        }
        return record(seen, asked);
    }

    private @Nullable Fingerprint schemaMark() {
        remember(spool.epoch());
        return schema.mark(database.scope().schemas());
    }

    /** Once the ledger has everything that was made of captured changes, the database need not keep them. */
    void release() {
        CapturePosition read = capture;
        LastObservation last = look;
        if (toLetGo && read != null && last != null && spool.pending() == 0) {
            database.forget(last.seen().table(), read.cursor());
            toLetGo = false;
        }
    }

    /** Whether changes are captured, so that it is worth listening for them. */
    boolean captures() {
        return captured instanceof LoggedChanges.Read read && read.coverage() != null;
    }

    /** What is new about capture is said once. */
    private void log(LoggedChanges now) {
        String words = switch (now) {
            case LoggedChanges.Absent _ -> "";
            case LoggedChanges.Unusable unusable -> unusable.why();
            case LoggedChanges.Read read when read.coverage() == null && read.eventTriggers() ->
                "Capture begins when the version table is created; if it is there already, run 'capture install' again.";
            case LoggedChanges.Read read when read.coverage() == null ->
                "Capture is installed, but not on this version table; run 'capture install' again.";
            case LoggedChanges.Read read -> "capture eventTriggers=" + read.eventTriggers();
        };
        if (!words.equals(saidOfCapture)) {
            saidOfCapture = words;
            boolean fine = now instanceof LoggedChanges.Read read && read.coverage() != null;
            if (fine) {
                LOG.info("{}", words);
            } else if (!words.isEmpty()) {
                LOG.warn("{} Falling back to polling.", words);
            }
        }
        captured = now;
    }

    private Set<String> knownTransactions() {
        LastObservation last = look;
        return last == null
                ? Set.of()
                : last.seen().rows().stream().map(VersionRow::transaction).collect(Collectors.toSet());
    }

    private List<AgentEnvelope> record(@Nullable Observation seen, Instant asked) {
        while (true) {
            UUID epoch = spool.epoch();
            remember(epoch);
            Instant now = clock.instant();
            Before before = new Before(look, toldScripts, toldTable, capture, schema);
            ScriptsReading reading = scripts.now(seen == null ? List.of() : seen.table().rows());
            Round round = seen == null
                    ? Round.withoutLook(before, reading, now)
                    : Round.of(before, seen, database.versionTable().toString(), database.scope().schemas(), reading,
                            blindness, asked, now);
            Optional<List<AgentEnvelope>> recorded = record(epoch, round, now);
            if (recorded.isPresent()) {
                look = round.look();
                toldScripts = round.scripts();
                toldTable = round.table();
                if (round.capture() != null) {
                    toLetGo |= seen != null && hasChanges(seen);
                    capture = round.capture();
                }
                schema = round.schema();
                if (seen != null) {
                    blindness = null;
                }
                List<AgentEnvelope> all = new ArrayList<>(recorded.get());
                all.addAll(recordFiles(epoch, reading, now));
                return logged(all);
            }
        }
    }

    /** In a transaction of its own, after what is known of the database: the files are many and large. */
    private List<AgentEnvelope> recordFiles(UUID epoch, ScriptsReading reading, Instant now) {
        try {
            PublishedFiles.Delta files = scripts.files(publishedFiles, reading);
            if (files.published().equals(publishedFiles)) {
                return List.of();
            }
            Optional<List<AgentEnvelope>> recorded = spool.record(epoch,
                    files.events().stream().map(event -> ObservedFact.noLaterThan(now, event)).toList(),
                    Map.of(Memory.PUBLISHED_FILES, ContractJson.write(files.published())));
            if (recorded.isPresent()) {
                publishedFiles = files.published();
            }
            return recorded.orElse(List.of());
        } catch (OutOfMemoryError e) {
            scripts.failed(e);
            return List.of();
        }
    }

    /** A new epoch has told nothing yet. */
    private void remember(UUID epoch) {
        if (!epoch.equals(toldIn)) {
            toldStart = spool.remembered(Memory.TOLD_START).isPresent();
            toldScripts = spool.remembered(Memory.TOLD_SCRIPTS, PublishedScripts.class)
                    .orElse(null);
            publishedFiles = spool.remembered(Memory.PUBLISHED_FILES, PublishedFiles.class)
                    .orElse(null);
            toldTable = spool.remembered(Memory.TOLD_TABLE, VersionTable.class)
                    .orElse(null);
            schema = new SchemaMemory(
                    schema.known() != null
                            ? schema.known()
                            : spool.remembered(Memory.LAST_SCHEMA, SchemaBaseline.class)
                                    .orElse(null),
                    spool.remembered(Memory.PUBLISHED_SCHEMA, Fingerprint.class).orElse(null));
            toldIn = epoch;
        }
    }

    private Optional<List<AgentEnvelope>> record(UUID epoch, Round round, Instant now) {
        List<ObservedFact> facts = new ArrayList<>();
        Map<Memory, byte[]> memory = new EnumMap<>(Memory.class);
        boolean announce = !started || !toldStart;
        if (announce) {
            facts.add(ObservedFact.now(now, new AgentStarted(AgentVersion.text(), scripts.tool(), mode.name, labels)));
            memory.put(Memory.TOLD_START, ContractJson.write(labels));
        }
        facts.addAll(round.facts());
        if (!round.scripts().equals(toldScripts)) {
            memory.put(Memory.TOLD_SCRIPTS, ContractJson.write(round.scripts()));
        }
        VersionTable table = round.table();
        if (table != null && !table.equals(toldTable)) {
            memory.put(Memory.TOLD_TABLE, ContractJson.write(table));
        }
        SchemaBaseline known = round.schema().known();
        if (known != null && !known.equals(schema.known())) {
            memory.put(Memory.LAST_SCHEMA, ContractJson.write(known));
        }
        Fingerprint published = round.schema().published();
        if (published != null && !published.equals(schema.published())) {
            memory.put(Memory.PUBLISHED_SCHEMA, ContractJson.write(published));
        }
        LastObservation next = round.look();
        if (next != null && (!facts.isEmpty() || isNews(next))) {
            memory.put(Memory.LAST_LOOK, ContractJson.write(next));
        }
        CapturePosition read = round.capture();
        if (read != null && (!facts.isEmpty() || read.isNews(capture))) {
            memory.put(Memory.CAPTURE, ContractJson.write(read));
        }
        Optional<List<AgentEnvelope>> recorded = spool.record(epoch, facts, memory);
        if (recorded.isPresent()) {
            started = true;
            toldStart = true;
            if (memory.containsKey(Memory.LAST_LOOK)) {
                lookWritten = now;
            }
        }
        return recorded;
    }

    private static boolean hasChanges(Observation look) {
        return look.captured() instanceof LoggedChanges.Read read && !read.transactions().isEmpty();
    }

    private boolean isNews(LastObservation next) {
        LastObservation last = look;
        Instant written = lookWritten;
        return last == null
                || written == null
                || !next.equals(last.at(next.at()))
                || Duration.between(written, next.at()).abs().compareTo(UNCHANGED) >= 0;
    }

    /** The version table as it was seen last. */
    VersionTable table() {
        if (look == null) {
            throw new IllegalStateException("nothing was seen yet");
        }
        return look.seen().table();
    }

    /** Says that the agent stops on purpose. */
    List<AgentEnvelope> stop(String reason) {
        Instant now = clock.instant();
        while (true) {
            Map<Memory, byte[]> memory = new EnumMap<>(Memory.class);
            LastObservation last = look;
            if (last != null) {
                memory.put(Memory.LAST_LOOK, ContractJson.write(last));
            }
            Optional<List<AgentEnvelope>> recorded = spool.record(
                    spool.epoch(), List.of(ObservedFact.now(now, new AgentStopped(reason))), memory);
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
