package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.divergence.project.ProjectRule.Change;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.History;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Sighting;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Variant;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a file that had the id of another may be what ran. Not for several threads. */
final class EditEvidence {

    private final BiPredicate<Revision, Revision> comparable;

    /** By environment, the revisions with several files that count as applied there, as they are declared there. */
    private final Map<String, List<Revision>> edited = new HashMap<>();

    /** The environments in which a file counts as applied. */
    private final Map<DeclaredFile, Set<String>> appliedIn = new HashMap<>();

    private final IdentityHashMap<Variant, Map<String, List<Sighting>>> sightings = new IdentityHashMap<>();

    /** @param comparable whether the rule can tell two files apart; where it cannot, it does not judge the environment */
    EditEvidence(BiPredicate<Revision, Revision> comparable) {
        this.comparable = comparable;
    }

    /** A file of a revision, by what it is. */
    private record DeclaredFile(String revision, String digest) {
        static DeclaredFile of(Revision declared) {
            return new DeclaredFile(declared.revision(), declared.digest());
        }
    }

    /** As {@link ProjectRule#update}: a file may have become the first one that is applied anywhere else, or the last one has gone. */
    Collection<String> update(ProjectSnapshot project, List<Change> changes) {
        Set<String> contested = project.history().contested();
        if (contested.isEmpty()) {
            return Set.of();
        }
        // Many environments have the same scripts and rows.
        IdentityHashMap<RevisionGraph, Map<List<String>, List<Revision>>> known = new IdentityHashMap<>();
        Map<DeclaredFile, List<String>> before = new HashMap<>();
        for (Change change : changes) {
            for (Revision declared : edited.getOrDefault(change.name(), List.of())) {
                DeclaredFile file = DeclaredFile.of(declared);
                before.computeIfAbsent(file, this::few);
                appliedIn.computeIfPresent(file,
                        (_, names) -> names.remove(change.name()) && names.isEmpty() ? null : names);
            }
            edited.remove(change.name());
            EnvironmentSnapshot now = change.now();
            if (now != null && now.rows() != null) {
                List<Revision> applied = known.computeIfAbsent(now.graph(), _ -> new HashMap<>())
                        .computeIfAbsent(now.rows(), _ -> applied(now, contested));
                for (Revision declared : applied) {
                    DeclaredFile file = DeclaredFile.of(declared);
                    before.computeIfAbsent(file, this::few);
                    appliedIn.computeIfAbsent(file, _ -> new HashSet<>()).add(change.name());
                }
                edited.put(change.name(), applied);
            }
        }
        Set<String> affected = new HashSet<>();
        before.forEach((file, names) -> affected.addAll(affected(file, names)));
        return affected;
    }

    private static List<Revision> applied(EnvironmentSnapshot here, Set<String> contested) {
        if (!here.isPlaced()) {
            return List.of();
        }
        Set<String> applied = here.applied();
        return contested.stream().filter(applied::contains).flatMap(id -> here.graph().find(id).stream()).toList();
    }

    /** Of the environments in which a file is applied, two: it is applied elsewhere than in one of them. */
    private List<String> few(DeclaredFile file) {
        return appliedIn.getOrDefault(file, Set.of()).stream().limit(2).toList();
    }

    /** Environments for which it is not any more as it was whether a file is applied elsewhere. */
    private Set<String> affected(DeclaredFile file, List<String> before) {
        List<String> now = few(file);
        Set<String> affected = new HashSet<>();
        if (before.isEmpty() != now.isEmpty()) {
            appliedIn.forEach(
                    (other, names) -> affected.addAll(other.revision.equals(file.revision) ? names : Set.of()));
        } else if (before.size() < 2 || now.size() < 2) {
            affected.addAll(before);
            affected.addAll(now);
        }
        return affected;
    }

    /**
     * What a rule finds in an environment's applied revisions with several files. Absent if it cannot tell the files here from those that were
     * seen elsewhere.
     */
    Optional<List<Finding>> findings(
            EnvironmentSnapshot here, ProjectSnapshot project, Function<Revision, Optional<Finding>> rule) {
        return here.isPlaced() && isComparable(here, project.history())
                ? Optional.of(edited.getOrDefault(here.name(), List.of()).stream()
                        .flatMap(now -> rule.apply(now).stream()).toList())
                : Optional.empty();
    }

    private boolean isComparable(EnvironmentSnapshot here, History history) {
        return history.contested().stream().allMatch(id -> here.graph().find(id)
                .map(now -> history.variants(id).stream().allMatch(it -> comparable.test(now, it.declared())))
                .orElse(true));
    }

    /**
     * Whether another file than the present one may be what ran: here, where it once was, or in an environment that still has it. A
     * revision that was edited before it ran was a draft.
     *
     * @param asNow whether a file is as good as the present one: if it was here when the revision ran, no other ran
     */
    boolean mayHaveRun(
            EnvironmentSnapshot here, History history, Revision now, Variant other, Predicate<Variant> asNow) {
        boolean wasHere = !sightings(other, here).isEmpty();
        return (wasHere && !ranAsItIs(here, history, now, asNow)) || isAppliedElsewhere(here, other);
    }

    private List<Sighting> sightings(Variant file, EnvironmentSnapshot in) {
        return sightings.computeIfAbsent(file,
                it -> it.sightings().stream().collect(Collectors.groupingBy(Sighting::environment)))
                .getOrDefault(in.name(), List.of());
    }

    /** The file as it is now, if it is known by what it declares. */
    static Optional<Variant> present(History history, Revision now) {
        return history.variants(now.revision()).stream().filter(isPresent(now)).findFirst();
    }

    /** Picks the file as it is now. */
    static Predicate<Variant> isPresent(Revision now) {
        return it -> it.digest().equals(now.digest()) && it.declared().parents().equals(now.parents());
    }

    private boolean isAppliedElsewhere(EnvironmentSnapshot here, Variant other) {
        Set<String> names = appliedIn.getOrDefault(DeclaredFile.of(other.declared()), Set.of());
        return names.size() > (names.contains(here.name()) ? 1 : 0);
    }

    /** What was in the scripts already when the revision was seen to run is what ran. */
    private boolean ranAsItIs(EnvironmentSnapshot here, History history, Revision now, Predicate<Variant> asNow) {
        Instant earliest = earliest(here.statuses().get(now.revision()));
        return earliest != null && history.variants(now.revision()).stream()
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
