package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.History;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Sighting;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Variant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The revisions of a project that somebody edited, as the project's history has them.
 *
 * @param edited by id
 * @param others asked for the rest, one by one
 */
record EditedRevisions(SortedMap<String, List<Variant>> edited, Function<String, Optional<RevisionHistory>> others)
        implements
            History {

    EditedRevisions {
        edited = Collections.unmodifiableSortedMap(new TreeMap<>(edited));
    }

    static EditedRevisions of(
            List<RevisionHistory> histories, Function<String, Optional<RevisionHistory>> others) {
        SortedMap<String, List<Variant>> edited = new TreeMap<>();
        histories.forEach(history -> edited.put(history.revision(), variants(history)));
        return new EditedRevisions(edited, others);
    }

    @Override
    public Set<String> contested() {
        return edited.keySet();
    }

    @Override
    public List<Variant> variants(String revision) {
        List<Variant> known = edited.get(revision);
        return known != null ? known : others.apply(revision).map(EditedRevisions::variants).orElse(List.of());
    }

    private static List<Variant> variants(RevisionHistory history) {
        return history.variants().stream()
                .map(EditedRevisions::variant)
                .filter(variant -> !variant.sightings().isEmpty())
                .sorted(Comparator.comparing(variant -> variant.sightings().getFirst().firstSeen()))
                .toList();
    }

    private static Variant variant(RevisionVariant variant) {
        List<RevisionVariant.InEnvironment> seen = variant.seen() == null ? List.of() : variant.seen();
        return new Variant(
                variant.declared(),
                seen.stream()
                        .map(it -> new Sighting(it.environment(), it.first().source(), it.first().at()))
                        .sorted(Comparator.comparing(Sighting::firstSeen))
                        .toList());
    }
}
