package dev.migrationledger.contracts.history;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a project's sources ever said of one revision id.
 *
 * @param variants one for each file content, the one that was seen first comes first; several where somebody edited it
 */
public record RevisionHistory(String project, String revision, List<RevisionVariant> variants) {
    public RevisionHistory {
        variants = List.copyOf(variants);
    }

    /** Whether its variants do not agree on what it follows. */
    public boolean isRewritten() {
        Set<Set<String>> parents = new HashSet<>();
        variants.forEach(variant -> parents.add(Set.copyOf(variant.declared().parents())));
        return parents.size() > 1;
    }
}
