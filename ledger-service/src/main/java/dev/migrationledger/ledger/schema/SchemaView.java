package dev.migrationledger.ledger.schema;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What agents reported of one environment's live schema, and of what the revisions of its sources do. Immutable.
 *
 * @param events how many events these are from
 * @param schemas by agent
 * @param files by {@link #key agent and source}
 */
public record SchemaView(
        String project,
        String environment,
        long events,
        NavigableMap<String, Reported<ReportedSchema>> schemas,
        NavigableMap<String, Reported<ReportedFiles>> files) {

    public SchemaView {
        schemas = Collections.unmodifiableNavigableMap(new TreeMap<>(schemas));
        files = Collections.unmodifiableNavigableMap(new TreeMap<>(files));
    }

    /**
     * The last word about something.
     *
     * @param order the number of its event among those that this view is made of
     * @param at by the agent's clock
     */
    public record Reported<T>(long order, Instant at, T value) {}

    /** An environment of which nothing was heard. */
    public static SchemaView empty(String project, String environment) {
        return new SchemaView(project, environment, 0, Collections.emptyNavigableMap(),
                Collections.emptyNavigableMap());
    }

    /** This view after some more events, in the order in which they were recorded. */
    public SchemaView after(List<RecordedEvent> events) {
        return SchemaFold.evolve(this, events);
    }

    /** Names a source of one agent. No agent's name has a {@code /}. */
    static String key(String agent, String source) {
        return agent + "/" + source;
    }

    /**
     * The live schema as the agent reported it that spoke of it last. Empty where none did, and where what it said does not add up,
     * until it says the whole.
     */
    public Optional<SchemaSeen> schema() {
        return schemas.values().stream()
                .max(Comparator.comparingLong(Reported::order))
                .map(Reported::value)
                .flatMap(ReportedSchema::complete);
    }

    /** Names {@link #schema}. */
    public Optional<Fingerprint> fingerprint() {
        return schemas.values().stream()
                .max(Comparator.comparingLong(Reported::order))
                .map(Reported::value)
                .filter(reported -> reported.complete().isPresent())
                .map(ReportedSchema::whole)
                .map(ReportedSchema.Whole::fingerprint);
    }

    /** What the revisions of a source do, by revision; one that is missing may do anything, or was read in another form. */
    public Map<String, Footprint> footprints(String agent, String source) {
        Reported<ReportedFiles> reported = files.get(key(agent, source));
        return reported == null ? Map.of() : reported.value().footprints();
    }

    /** Whether this ledger can compare the live schema with what the revisions of a source do: both are in its own forms, as far as they are known. */
    public boolean isComparable(String agent, String source) {
        Reported<ReportedFiles> reported = files.get(key(agent, source));
        return schema().map(seen -> seen.snapshot().form() == SchemaSnapshot.FORM).orElse(true)
                && (reported == null || reported.value().isComparable());
    }
}
