package dev.migrationledger.ledger.schema;

import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the revisions of one source do, as one agent reported it.
 *
 * @param byFile in the order in which Alembic reads files, which decides what wins between two with one id
 */
record ReportedFiles(NavigableMap<String, Read> byFile) implements SchemaViewPart {

    static final ReportedFiles EMPTY = new ReportedFiles(Collections.emptyNavigableMap());

    ReportedFiles {
        byFile = Collections.unmodifiableNavigableMap(new TreeMap<>(byFile));
    }

    /**
     * @param digest of the file that was read
     * @param form of the footprint
     */
    record Read(String revision, String digest, int form, Footprint footprint) {}

    ReportedFiles after(RevisionFilesRead event) {
        TreeMap<String, Read> files = new TreeMap<>(byFile);
        event.files().forEach(file -> files.put(file.file(),
                new Read(file.revision(), file.digest(), event.form(), file.footprint())));
        return new ReportedFiles(files);
    }

    /** What was read of a file says nothing of another that took its place. */
    ReportedFiles after(ScriptsScanned scan) {
        TreeMap<String, Read> files = new TreeMap<>(byFile);
        Map<String, Revision> changed = new LinkedHashMap<>();
        scan.changed().forEach(revision -> changed.put(revision.file(), revision));
        scan.removed().forEach(files::remove);
        files.entrySet().removeIf(entry -> {
            Revision now = changed.get(entry.getKey());
            Read was = entry.getValue();
            return now == null
                    ? scan.base() == null
                    : !now.digest().equals(was.digest) || !now.revision().equals(was.revision);
        });
        return new ReportedFiles(files);
    }

    /** Those of this ledger's own form. */
    Map<String, Footprint> footprints() {
        Map<String, Footprint> footprints = new LinkedHashMap<>();
        byFile.values().stream()
                .filter(read -> read.form == Footprint.FORM)
                .forEach(read -> footprints.put(read.revision, read.footprint));
        return footprints;
    }

    /** Whether all are of this ledger's own form. */
    boolean isComparable() {
        return byFile.values().stream().allMatch(read -> read.form == Footprint.FORM);
    }
}
