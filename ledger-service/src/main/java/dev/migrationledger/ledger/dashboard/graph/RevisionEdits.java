package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.revision.FileComparison;
import dev.migrationledger.contracts.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of the files of revisions, as far as it changed what they mean. */
enum RevisionEdits {
    /** It follows other revisions than before. */
    RE_PARENTED,
    /** It does something else than before. */
    EDITED;

    /**
     * Of revisions whose files had several contents, what was changed; those in which only comments or formatting were are left out.
     *
     * @param contents every content that each of them had
     */
    static Map<String, RevisionEdits> of(List<Revision> contents) {
        Map<String, RevisionEdits> edits = new TreeMap<>();
        contents.stream().collect(Collectors.groupingBy(Revision::revision, TreeMap::new, Collectors.toList()))
                .forEach((id, variants) -> {
                    if (variants.stream().map(one -> Set.copyOf(one.parents())).distinct().count() > 1) {
                        edits.put(id, RE_PARENTED);
                    } else if (variants.stream().anyMatch(
                            one -> one.compare(variants.getFirst()) == FileComparison.DIFFERENT)) {
                        edits.put(id, EDITED);
                    }
                });
        return edits;
    }
}
