package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.BusyRetry;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.inference.round.AgentMemory;
import dev.migrationledger.agent.inference.round.Round;
import dev.migrationledger.agent.inference.round.ScriptsReading;
import dev.migrationledger.agent.publish.Publication;
import dev.migrationledger.agent.publish.PublishedFiles;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsSource;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A database with its schema, and its scripts, observed once with nothing remembered. Nothing is stored.
 *
 * @param at when, by this machine's clock
 * @param facts what an agent would report of it
 */
public record FirstObservation(Observation observation, ScriptsReading scripts, Instant at, List<ObservedFact> facts) {

    public FirstObservation {
        facts = List.copyOf(facts);
    }

    /** Observes; fails if the database cannot be observed. */
    public static FirstObservation of(
            DatabaseObserver database, MigrationTool tool, ScriptsLocation location, ScriptsSource source, Clock clock)
            throws InterruptedException {
        ScriptsReading scripts = new Scripts(tool, location, source, clock).last();
        Instant asked = clock.instant();
        Observation observation;
        try {
            observation = BusyRetry.of(() -> database.observe(Set.of(), null, null));
        } catch (ObservationException e) {
            throw CommandFailure.unknown(String.valueOf(e.getMessage()));
        }
        Instant now = clock.instant();
        Round round = Round.of(AgentMemory.NOTHING, observation, database.versionTable().toString(), List.of(),
                scripts, asked, now);
        return new FirstObservation(observation, scripts, now, round.facts());
    }

    /** Names the schema; absent: it could not be read this time. */
    public @Nullable Fingerprint schema() {
        return facts.stream()
                .map(ObservedFact::event)
                .filter(SchemaObserved.class::isInstance)
                .map(event -> ((SchemaObserved) event).fingerprint())
                .reduce((_, last) -> last)
                .orElse(null);
    }

    /** Whether another one saw the same scripts, rows and schema. */
    public boolean isLike(FirstObservation other) {
        return scripts.published().digest().equals(other.scripts.published().digest())
                && observation.table().equals(other.observation.table())
                && Objects.equals(schema(), other.schema());
    }

    /** What an agent would report besides of what the scripts do, without their texts. */
    public List<ObservedFact> files() {
        PublishedFiles.Delta delta = PublishedFiles.delta(null,
                Publication.scan(scripts.published(), new ScriptsSource(null, false, false)),
                scripts.history().source(),
                scripts.files());
        List<ObservedFact> files = new ArrayList<>();
        delta.events().forEach(event -> files.add(ObservedFact.noLaterThan(at, event)));
        return files;
    }
}
