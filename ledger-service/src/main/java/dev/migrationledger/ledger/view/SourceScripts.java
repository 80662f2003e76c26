package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The migration scripts that a source has, in the order of their files: the order in which Alembic reads them, which decides
 * what wins between two files with one id. Immutable; equal by content.
 */
public final class SourceScripts {

    /** No script at all. */
    public static final SourceScripts NONE = new SourceScripts(List.of());

    private final List<Revision> revisions;
    // Worked out when first asked for. Two threads that race come to the same answer.
    private @Nullable RevisionGraph graph;
    private @Nullable String digest;

    private SourceScripts(List<Revision> revisions) {
        this.revisions = revisions;
    }

    /** These, in the order of their files. */
    public static SourceScripts of(Collection<Revision> revisions) {
        return new SourceScripts(revisions.stream().sorted(Comparator.comparing(Revision::file)).toList());
    }

    /** As they were kept under their digest. */
    static SourceScripts stored(String digest, byte[] json) {
        SourceScripts scripts = new SourceScripts(List.of(ContractJson.read(json, Revision[].class)));
        scripts.digest = digest;
        return scripts;
    }

    byte[] json() {
        return ContractJson.write(revisions);
    }

    /** These scripts after a scan, which tells either the whole history or how it differs. */
    SourceScripts after(ScriptsScanned scan) {
        NavigableMap<String, Revision> byFile = new TreeMap<>();
        if (scan.base() != null) {
            revisions.forEach(revision -> byFile.put(revision.file(), revision));
            scan.removed().forEach(byFile::remove);
        }
        scan.changed().forEach(revision -> byFile.put(revision.file(), revision));
        return new SourceScripts(List.copyOf(byFile.values()));
    }

    public List<Revision> revisions() {
        return revisions;
    }

    public RevisionGraph graph() {
        RevisionGraph known = graph;
        if (known == null) {
            known = RevisionGraph.of(revisions);
            graph = known;
        }
        return known;
    }

    /** SHA-256 of their content: the same for everybody who has the same scripts, whoever sent them. */
    String digest() {
        String known = digest;
        if (known == null) {
            known = Sha256.hex(json());
            digest = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceScripts scripts && revisions.equals(scripts.revisions);
    }

    @Override
    public int hashCode() {
        return revisions.hashCode();
    }

    @Override
    public String toString() {
        return revisions.size() + " revisions";
    }
}
