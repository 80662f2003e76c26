package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.ledger.history.RevisionSeen.Content;
import dev.migrationledger.ledger.view.ScanSeen;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Adds up which revisions one environment's scans saw, and which files came with them. Begun anew for each batch: what it says of
 * a revision that is known already leaves its first sighting as it is. Pure.
 */
public final class HistoryFold {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** No version table holds an id that is longer, and no key of PostgreSQL's one that is much longer. */
    private static final int LONGEST_ID = 255;

    private final NavigableMap<Content, RevisionSeen> seen = new TreeMap<>();
    private final NavigableMap<String, RevisionFile> files = new TreeMap<>();

    /** By revision and content. */
    NavigableMap<Content, RevisionSeen> seen() {
        return Collections.unmodifiableNavigableMap(seen);
    }

    /** By digest, files whose text was told. Whether a text has its digest is for the reader to find out. */
    NavigableMap<String, RevisionFile> files() {
        return Collections.unmodifiableNavigableMap(files);
    }

    void add(ScanSeen scan) {
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
            seen.merge(Content.of(revision), new RevisionSeen(revision, sighting, sighting),
                    (known, _) -> known.again(revision, sighting));
        }
    }

    void add(RevisionFilesRead read) {
        read.files().stream()
                .filter(file -> file.text() != null && DIGEST.matcher(file.digest()).matches())
                .forEach(file -> files.put(file.digest(), file));
    }

    boolean isEmpty() {
        return seen.isEmpty() && files.isEmpty();
    }
}
