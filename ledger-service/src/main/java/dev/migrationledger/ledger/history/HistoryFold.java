package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.ledger.history.RevisionContent.Content;
import dev.migrationledger.ledger.view.AppliedScan;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Adds up which revisions one environment's scans saw. Pure. */
final class HistoryFold {

    static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** No version table holds an id that is longer, and no key of PostgreSQL's one that is much longer. */
    private static final int LONGEST_ID = 255;

    private final NavigableMap<Content, RevisionContent> seen;

    /** @param before what earlier scans saw */
    HistoryFold(Map<Content, RevisionContent> before) {
        seen = new TreeMap<>(before);
    }

    /** By revision and content. */
    NavigableMap<Content, RevisionContent> seen() {
        return Collections.unmodifiableNavigableMap(seen);
    }

    void add(AppliedScan scan) {
        // PostgreSQL keeps no more.
        Sighting sighting = new Sighting(scan.at().truncatedTo(ChronoUnit.MICROS), scan.environment(), scan.agent(),
                scan.source());
        Map<Content, Revision> now = new TreeMap<>();
        scan.after().revisions().forEach(revision -> now.put(Content.of(revision), revision));
        scan.before().revisions().stream()
                .filter(revision -> !now.containsKey(Content.of(revision)))
                .forEach(revision -> see(revision, sighting));
        now.values().forEach(revision -> see(revision, sighting));
    }

    private void see(Revision revision, Sighting sighting) {
        if (revision.revision().length() <= LONGEST_ID && DIGEST.matcher(revision.digest()).matches()) {
            seen.merge(Content.of(revision), new RevisionContent(revision, sighting, sighting),
                    (known, _) -> known.again(revision, sighting));
        }
    }
}
