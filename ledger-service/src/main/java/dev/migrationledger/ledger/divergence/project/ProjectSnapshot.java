package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.SchemaDifference;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known of a project at one moment.
 *
 * @param environments by name
 * @param history every revision that any source ever had
 * @param schemas compares live schemas, asked only where two have another fingerprint
 * @param pipelines by environment, since when its policy expects that pipelines deploy; without those where it does not
 * @param merges heads that should be one
 */
public record ProjectSnapshot(
        Map<String, EnvironmentSnapshot> environments,
        History history,
        Schemas schemas,
        Map<String, Instant> pipelines,
        List<ProposedMerge> merges) {

    /** Who sets it on some environments has them compared with one another and with no other. */
    static final String GROUP = "group";

    public ProjectSnapshot {
        environments = new TreeMap<>(environments);
        pipelines = Map.copyOf(pipelines);
        merges = List.copyOf(merges);
    }

    /** Compares live schemas without the name of each one's own. */
    public interface Schemas {

        /** Equal for two schemas that are the same but for that name. */
        String nameless(EnvironmentSnapshot environment);

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

    /**
     * Where a file was seen.
     *
     * @param lastSeen the last scan in which it was there
     */
    public record Sighting(String environment, String source, Instant firstSeen, Instant lastSeen) {}

    /** The same with some of the environments. */
    ProjectSnapshot only(Set<String> names) {
        Map<String, EnvironmentSnapshot> some = new TreeMap<>();
        names.forEach(name -> some.put(name, Objects.requireNonNull(environments.get(name))));
        return new ProjectSnapshot(some, history, schemas, pipelines, merges);
    }

    /** The environments, apart for each value of the label {@code group}; those without it are one group. */
    Collection<List<EnvironmentSnapshot>> groups() {
        return environments.values().stream()
                .collect(Collectors.groupingBy(
                        it -> it.labels().getOrDefault(GROUP, ""), TreeMap::new, Collectors.toList()))
                .values();
    }
}
