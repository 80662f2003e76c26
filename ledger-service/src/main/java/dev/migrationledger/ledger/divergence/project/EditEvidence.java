package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Variant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a file that had the id of another may be what ran. */
final class EditEvidence {

    private EditEvidence() {}

    /**
     * By environment: what a rule finds in those of its applied revisions of which there were several files.
     *
     * @param comparable whether the rule can tell two files apart; where it cannot, it does not judge the environment
     */
    static Map<String, List<Finding>> findings(
            ProjectSnapshot project,
            BiPredicate<Revision, Revision> comparable,
            BiFunction<EnvironmentSnapshot, Revision, Optional<Finding>> rule) {
        Set<String> contested = project.history().contested();
        Map<String, List<Finding>> found = new TreeMap<>();
        project.environments().values().stream()
                .filter(it -> it.isPlaced() && isComparable(it, contested, project, comparable))
                .forEach(it -> {
                    Set<String> applied = contested.isEmpty() ? Set.of() : it.applied();
                    found.put(it.name(), contested.stream().filter(applied::contains)
                            .flatMap(id -> it.graph().find(id).stream())
                            .flatMap(now -> rule.apply(it, now).stream()).toList());
                });
        return found;
    }

    /** Whether the files that declare these revisions here can be told from those that were seen elsewhere. */
    private static boolean isComparable(
            EnvironmentSnapshot here, Collection<String> revisions, ProjectSnapshot project,
            BiPredicate<Revision, Revision> comparable) {
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
    static boolean mayHaveRun(
            EnvironmentSnapshot here, Revision now, Variant other, ProjectSnapshot project, Predicate<Variant> asNow) {
        boolean wasHere = other.sightings().stream().anyMatch(it -> it.environment().equals(here.name()));
        return (wasHere && !ranAsItIs(here, now, project, asNow)) || isAppliedElsewhere(here, other, project);
    }

    /** The file as it is now, if it is known by what it declares. */
    static Optional<Variant> present(Revision now, ProjectSnapshot project) {
        return project.history().variants(now.revision()).stream().filter(isPresent(now)).findFirst();
    }

    /** Picks the file as it is now. */
    static Predicate<Variant> isPresent(Revision now) {
        return it -> it.digest().equals(now.digest()) && it.declared().parents().equals(now.parents());
    }

    private static boolean isAppliedElsewhere(EnvironmentSnapshot here, Variant other, ProjectSnapshot project) {
        return project.environments().values().stream()
                .filter(it -> !it.name().equals(here.name()) && it.isPlaced())
                .filter(it -> it.graph().find(other.declared().revision())
                        .filter(revision -> revision.digest().equals(other.digest())).isPresent())
                .anyMatch(it -> it.applied().contains(other.declared().revision()));
    }

    /** What was in the scripts already when the revision was seen to run is what ran. */
    private static boolean ranAsItIs(
            EnvironmentSnapshot here, Revision now, ProjectSnapshot project, Predicate<Variant> asNow) {
        Instant earliest = earliest(here.statuses().get(now.revision()));
        return earliest != null && project.history().variants(now.revision()).stream()
                .filter(asNow)
                .flatMap(it -> it.sightings().stream())
                .filter(it -> it.environment().equals(here.name()))
                .anyMatch(it -> !it.firstSeen().isAfter(earliest));
    }

    /** The earliest that it can have run; absent where nobody saw it. */
    private static @Nullable Instant earliest(@Nullable RevisionStatus status) {
        Occurrence since = status == null ? null : status.since();
        return since == null ? null : since.earliest();
    }
}
