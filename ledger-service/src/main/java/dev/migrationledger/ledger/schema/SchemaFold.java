package dev.migrationledger.ledger.schema;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.ledger.schema.SchemaView.Reported;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adds events to a view. A pure function to the outside: no clock, no I/O, its argument untouched. */
final class SchemaFold {

    /** Agents come and go, and one that only looks once may have another name each time. */
    private static final int LATEST_SCHEMAS = 4;

    /** A pipeline may publish a source for each commit. Those who also see the database are counted apart. */
    private static final int LATEST_SOURCES = 8;

    private final SchemaView before;
    private final Map<String, Reported<ReportedSchema>> schemas;
    private final Map<String, Reported<ReportedFiles>> files;
    private long events;

    SchemaFold(SchemaView before) {
        this.before = before;
        this.schemas = new TreeMap<>(before.schemas());
        this.files = new TreeMap<>(before.files());
        this.events = before.events();
    }

    static SchemaView evolve(SchemaView view, List<RecordedEvent> events) {
        SchemaFold fold = new SchemaFold(view);
        events.forEach(fold::add);
        return fold.view();
    }

    /** Whether an event says anything here. */
    static boolean concerns(RecordedEvent event) {
        return event.event() instanceof SchemaObserved
                || event.event() instanceof ScriptsScanned
                || event.event() instanceof RevisionFilesRead;
    }

    SchemaView view() {
        return new SchemaView(before.project(), before.environment(), events, new TreeMap<>(schemas),
                new TreeMap<>(files));
    }

    void add(RecordedEvent event) {
        if (!concerns(event)) {
            return;
        }
        events++;
        Origin origin = Objects.requireNonNull(event.origin(), "origin");
        switch (event.event()) {
            case SchemaObserved observed -> {
                Reported<ReportedSchema> known = schemas.get(origin.agent());
                ReportedSchema before = known == null ? ReportedSchema.EMPTY : known.value();
                schemas.put(origin.agent(), reported(origin, before.after(observed, this::whole)));
                forget(schemas, _ -> true, LATEST_SCHEMAS);
            }
            case ScriptsScanned scan -> {
                String key = SchemaView.key(origin.agent(), scan.source());
                Reported<ReportedFiles> known = scan.base() == null ? files.get(key) : latestOf(origin.agent());
                if (known != null) {
                    put(key, reported(origin, known.value().after(scan)));
                }
            }
            case RevisionFilesRead read -> {
                String key = SchemaView.key(origin.agent(), read.source());
                Reported<ReportedFiles> known = files.get(key);
                put(key, reported(origin, (known == null ? ReportedFiles.EMPTY : known.value()).after(read)));
            }
            // @formatter:off: the formatter knows no list of patterns
            case AgentStarted _, AgentStopped _, RevisionAuthorsRead _, HeadDetected _, RevisionApplied _, RevisionReverted _, RevisionStamped _,
                    VersionTableObserved _, VersionTableEdited _, ObservationGap _, RunStarted _, RunEnded _,
                    LedgerEvent _ -> throw new IllegalStateException("it does not concern a schema: " + event.event());
            // @formatter:on
        }
    }

    /** A schema with this fingerprint, from any agent. */
    private Optional<ReportedSchema.Whole> whole(Fingerprint fingerprint) {
        return schemas.values().stream()
                .flatMap(reported -> Optional.ofNullable(reported.value().whole()).stream())
                .filter(whole -> whole.fingerprint().equals(fingerprint))
                .findFirst();
    }

    /** A difference leads on from what this agent said last, which may be what another source has. */
    private @Nullable Reported<ReportedFiles> latestOf(String agent) {
        return files.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(SchemaView.key(agent, "")))
                .map(Map.Entry::getValue)
                .max(Comparator.comparingLong(Reported::order))
                .orElse(null);
    }

    private void put(String key, Reported<ReportedFiles> reported) {
        files.put(key, reported);
        forget(files, this::seesTheDatabase, LATEST_SOURCES);
        forget(files, Predicate.not(this::seesTheDatabase), LATEST_SOURCES);
    }

    private boolean seesTheDatabase(String key) {
        return schemas.containsKey(key.substring(0, key.indexOf('/')));
    }

    private <T> Reported<T> reported(Origin origin, T value) {
        return new Reported<>(events, origin.observedAt(), value);
    }

    private static <T> void forget(Map<String, Reported<T>> all, Predicate<String> which, int latest) {
        all.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .sorted(Comparator.comparingLong((Map.Entry<String, Reported<T>> entry) -> entry.getValue().order())
                        .reversed())
                .skip(latest)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(all::remove);
    }
}
