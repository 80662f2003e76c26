package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Sighting;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Variant;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file that had the id of another may be what ran. What several environments ask is looked up once: a project may have thousands. Not for several
 * threads.
 */
final class EditEvidence {

    private final ProjectSnapshot project;
    private final Map<DeclaredFile, Set<String>> appliedIn = new HashMap<>();
    private final IdentityHashMap<Variant, Map<String, List<Sighting>>> sightings = new IdentityHashMap<>();
    private final IdentityHashMap<RevisionGraph, Map<List<String>, Set<String>>> applied = new IdentityHashMap<>();

    EditEvidence(ProjectSnapshot project) {
        this.project = project;
    }

    /** A file of a revision, by what it is. */
    private record DeclaredFile(String revision, String digest) {}

    /**
     * By environment: what a rule finds in those of its applied revisions of which there were several files.
     *
     * @param comparable whether the rule can tell two files apart; where it cannot, it does not judge the environment
     */
    Map<String, List<Finding>> findings(
            BiPredicate<Revision, Revision> comparable,
            BiFunction<EnvironmentSnapshot, Revision, Optional<Finding>> rule) {
        Set<String> contested = project.history().contested();
        Map<String, List<Finding>> found = new TreeMap<>();
        project.environments().values().stream()
                .filter(it -> it.isPlaced() && isComparable(it, contested, comparable))
                .forEach(it -> {
                    Set<String> applied = contested.isEmpty() ? Set.of() : applied(it);
                    found.put(it.name(), contested.stream().filter(applied::contains)
                            .flatMap(id -> it.graph().find(id).stream())
                            .flatMap(now -> rule.apply(it, now).stream()).toList());
                });
        return found;
    }

    /** Whether the files that declare these revisions here can be told from those that were seen elsewhere. */
    private boolean isComparable(
            EnvironmentSnapshot here, Collection<String> revisions, BiPredicate<Revision, Revision> comparable) {
        return revisions.stream().allMatch(id -> here.graph().find(id)
                .map(now -> project.history().variants(id).stream()
                        .allMatch(it -> comparable.test(now, it.declared())))
                .orElse(true));
    }

    /**
     * Whether another file than the present one may be what ran: here, where it once was, or in an environment that still has it. A
     * revision that was edited before it ran was a draft.
     *
     * @param asNow whether a file is as good as the present one: if it was here when the revision ran, no other ran
     */
    boolean mayHaveRun(EnvironmentSnapshot here, Revision now, Variant other, Predicate<Variant> asNow) {
        boolean wasHere = !sightings(other, here).isEmpty();
        return (wasHere && !ranAsItIs(here, now, asNow)) || isAppliedElsewhere(here, other);
    }

    private List<Sighting> sightings(Variant file, EnvironmentSnapshot in) {
        return sightings.computeIfAbsent(file,
                it -> it.sightings().stream().collect(Collectors.groupingBy(Sighting::environment)))
                .getOrDefault(in.name(), List.of());
    }

    private Set<String> applied(EnvironmentSnapshot in) {
        return in.rows() == null
                ? Set.of()
                : applied.computeIfAbsent(in.graph(), _ -> new HashMap<>())
                        .computeIfAbsent(in.rows(), _ -> in.applied());
    }

    /** The file as it is now, if it is known by what it declares. */
    Optional<Variant> present(Revision now) {
        return project.history().variants(now.revision()).stream().filter(isPresent(now)).findFirst();
    }

    /** Picks the file as it is now. */
    static Predicate<Variant> isPresent(Revision now) {
        return it -> it.digest().equals(now.digest()) && it.declared().parents().equals(now.parents());
    }

    private boolean isAppliedElsewhere(EnvironmentSnapshot here, Variant other) {
        Set<String> names = appliedIn.computeIfAbsent(
                new DeclaredFile(other.declared().revision(), other.digest()), this::environmentsThatApplied);
        return names.size() > (names.contains(here.name()) ? 1 : 0);
    }

    private Set<String> environmentsThatApplied(DeclaredFile file) {
        return project.environments().values().stream()
                .filter(it -> it.graph().find(file.revision)
                        .filter(revision -> revision.digest().equals(file.digest)).isPresent())
                .filter(it -> it.isPlaced() && applied(it).contains(file.revision))
                .map(EnvironmentSnapshot::name)
                .collect(Collectors.toSet());
    }

    /** What was in the scripts already when the revision was seen to run is what ran. */
    private boolean ranAsItIs(EnvironmentSnapshot here, Revision now, Predicate<Variant> asNow) {
        Instant earliest = earliest(here.statuses().get(now.revision()));
        return earliest != null && project.history().variants(now.revision()).stream()
                .filter(asNow)
                .flatMap(it -> sightings(it, here).stream())
                .anyMatch(it -> !it.firstSeen().isAfter(earliest));
    }

    /** The earliest that it can have run; absent where nobody saw it. */
    private static @Nullable Instant earliest(@Nullable RevisionStatus status) {
        Occurrence since = status == null ? null : status.since();
        return since == null ? null : since.earliest();
    }
}
