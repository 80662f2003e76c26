package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.core.collection.PersistentMap;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a project at one moment.
 *
 * @param environments by name
 * @param history every revision that any source ever had
 * @param schemas compares live schemas, asked only where two have another fingerprint
 * @param pipelines where its policy expects that pipelines deploy
 * @param merges heads that should be one
 */
public record ProjectSnapshot(
        PersistentMap<EnvironmentSnapshot> environments,
        History history,
        Schemas schemas,
        List<PipelineDemand> pipelines,
        List<ProposedMerge> merges) {

    public ProjectSnapshot {
        pipelines = List.copyOf(pipelines);
        merges = List.copyOf(merges);
    }

    /** Compares live schemas without the name of each one's own. */
    public interface Schemas {

        /** Equal for two schemas that are the same but for that name; empty where it is no longer kept, or is another by now. */
        Optional<String> nameless(EnvironmentSnapshot environment);

        /** How they differ; empty where one of them is no longer kept, or is kept in another form by now. */
        Optional<SchemaDifference> difference(EnvironmentSnapshot from, EnvironmentSnapshot to);
    }

    /** Every revision that any source of the project ever had. */
    public interface History {

        /** Ids of which more than one file was ever seen. */
        Set<String> contested();

        /** The files that declared this id, by when they were seen first; none for an id that was never seen. */
        List<Variant> variants(String revision);
    }

    /**
     * A revision as some file declared it.
     *
     * @param sightings where it was seen, at least once, by when it was seen first
     */
    public record Variant(Revision declared, List<Sighting> sightings) {
        public Variant {
            sightings = List.copyOf(sightings);
        }

        String digest() {
            return declared.digest();
        }

        Instant firstSeen() {
            return sightings.getFirst().firstSeen();
        }
    }

    /** Where a file was seen. */
    public record Sighting(String environment, String source, Instant firstSeen) {}

    /** Since when its policy expects that pipelines deploy there; empty where it does not. */
    Optional<Instant> pipelinesSince(EnvironmentSnapshot environment) {
        return pipelines.stream()
                .filter(demand -> demand.where().selects(environment.name(), environment.labels()))
                .map(PipelineDemand::since)
                .min(Comparator.naturalOrder());
    }

    /** Whether two environments that are the same in both find the same, as long as nothing they are compared with differs. */
    boolean hasSameInCommon(ProjectSnapshot other) {
        return history.equals(other.history) && pipelines.equals(other.pipelines) && merges.equals(other.merges);
    }
}
