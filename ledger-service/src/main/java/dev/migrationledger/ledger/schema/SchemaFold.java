package dev.migrationledger.ledger.schema;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.ledger.schema.SchemaView.Told;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Adds events to a view. A pure function to the outside: no clock, no I/O, its argument untouched. */
final class SchemaFold {

    /** Agents come and go, and one that only looks once may have another name each time. */
    private static final int LATEST_SCHEMAS = 4;

    /** A pipeline may publish a source for each commit. Those who also see the database are counted apart. */
    private static final int LATEST_SOURCES = 8;

    private final SchemaView before;
    private final Map<String, Told<ToldSchema>> schemas;
    private final Map<String, Told<ToldFiles>> files;
    private long told;

    SchemaFold(SchemaView before) {
        this.before = before;
        this.schemas = new TreeMap<>(before.schemas());
        this.files = new TreeMap<>(before.files());
        this.told = before.told();
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
        return new SchemaView(before.project(), before.environment(), told, new TreeMap<>(schemas),
                new TreeMap<>(files));
    }

    void add(RecordedEvent event) {
        if (!concerns(event)) {
            return;
        }
        told++;
        Origin origin = Objects.requireNonNull(event.origin(), "origin");
        switch (event.event()) {
            case SchemaObserved observed -> {
                schemas.put(origin.agent(), told(origin, schemas.containsKey(origin.agent())
                        ? Objects.requireNonNull(schemas.get(origin.agent())).what().after(observed)
                        : ToldSchema.NOTHING.after(observed)));
                forget(schemas, _ -> true, LATEST_SCHEMAS);
            }
            case ScriptsScanned scan -> files.computeIfPresent(SchemaView.key(origin.agent(), scan.source()),
                    (_, known) -> told(origin, known.what().after(scan)));
            case RevisionFilesRead read -> {
                String key = SchemaView.key(origin.agent(), read.source());
                Told<ToldFiles> known = files.get(key);
                files.put(key, told(origin, (known == null ? ToldFiles.NOTHING : known.what()).after(read)));
                forget(files, this::seesTheDatabase, LATEST_SOURCES);
                forget(files, Predicate.not(this::seesTheDatabase), LATEST_SOURCES);
            }
            default -> throw new IllegalStateException("no other event concerns a schema: " + event.event());
        }
    }

    private boolean seesTheDatabase(String key) {
        return schemas.containsKey(key.substring(0, key.indexOf('/')));
    }

    private <T> Told<T> told(Origin origin, T what) {
        return new Told<>(told, origin.observedAt(), what);
    }

    private static <T> void forget(Map<String, Told<T>> all, Predicate<String> which, int latest) {
        all.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .sorted(Comparator.comparingLong((Map.Entry<String, Told<T>> entry) -> entry.getValue().order())
                        .reversed())
                .skip(latest)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(all::remove);
    }
}
