package dev.migrationledger.agent.inference;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.CapturedChange.Operation;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is in a version table.
 *
 * @param missing whether there is no such table
 * @param versions of its rows, sorted, duplicates kept
 */
public record VersionTableRows(boolean missing, List<String> versions) {

    public static final VersionTableRows MISSING = new VersionTableRows(true, List.of());
    public static final VersionTableRows EMPTY = new VersionTableRows(false, List.of());

    public VersionTableRows {
        versions = versions.stream().sorted().toList();
    }

    /** As a poll saw it. */
    public static VersionTableRows of(VersionTable table) {
        return table.state() == VersionTable.State.MISSING ? MISSING : new VersionTableRows(false, table.rows());
    }

    /** As a poll would have seen it. */
    public VersionTable as(String table) {
        return new VersionTable(
                table,
                missing
                        ? VersionTable.State.MISSING
                        : versions.isEmpty() ? VersionTable.State.EMPTY : VersionTable.State.PRESENT,
                versions);
    }

    /** Each version once. */
    public Set<String> each() {
        return new TreeSet<>(versions);
    }

    public boolean hasDuplicates() {
        return !duplicates().isEmpty();
    }

    /**
     * Whether rows contain one another, or are there twice, that did not before. No migration tool leaves them so.
     *
     * @param before the rows that these came from
     */
    public boolean conflictsSince(VersionTableRows before, RevisionGraph graph) {
        Set<String> overlapping = new HashSet<>(graph.overlapping(each()));
        overlapping.removeAll(graph.overlapping(before.each()));
        Set<String> duplicates = duplicates();
        duplicates.removeAll(before.duplicates());
        return !overlapping.isEmpty() || !duplicates.isEmpty();
    }

    /** Versions that more than one row has. */
    private Set<String> duplicates() {
        Set<String> once = new HashSet<>();
        return versions.stream().filter(version -> !once.add(version)).collect(Collectors.toCollection(HashSet::new));
    }

    /** What this change leaves behind; nothing if it cannot have been made to these rows. */
    public Optional<VersionTableRows> after(CapturedChange change) {
        return switch (change.operation()) {
            case INSERT, UPDATE, DELETE -> exchanged(change.before(), change.after());
            case TRUNCATE -> Optional.of(EMPTY);
            case DROP -> Optional.of(MISSING);
            case SCHEMA_ONLY -> Optional.of(this);
        };
    }

    /** What this change was made to; nothing if that cannot be said, or if it cannot have left these rows. */
    public Optional<VersionTableRows> before(CapturedChange change) {
        return switch (change.operation()) {
            case INSERT, UPDATE, DELETE -> exchanged(change.after(), change.before());
            case TRUNCATE, DROP -> Optional.empty();
            case SCHEMA_ONLY -> Optional.of(this);
        };
    }

    private Optional<VersionTableRows> exchanged(@Nullable String gone, @Nullable String come) {
        List<String> changed = new ArrayList<>(versions);
        if (gone != null && !changed.remove(gone)) {
            return Optional.empty();
        }
        if (come != null) {
            changed.add(come);
        }
        return Optional.of(new VersionTableRows(false, changed));
    }

    /**
     * These rows, changed as little as it takes for a transaction to be made to them: with those that it takes away, without
     * those that contain one of them or are contained, and without those that it writes.
     */
    public VersionTableRows fitFor(List<CapturedChange> transaction, RevisionGraph graph) {
        List<String> needed = new ArrayList<>();
        List<String> written = new ArrayList<>();
        Set<String> absent = new HashSet<>();
        for (CapturedChange change : transaction) {
            if (change.operation() == Operation.TRUNCATE || change.operation() == Operation.DROP) {
                break;
            }
            String gone = change.before();
            String come = change.after();
            if (gone != null && !written.remove(gone)) {
                needed.add(gone);
            }
            if (come != null) {
                written.add(come);
                if (!needed.contains(come)) {
                    absent.add(come);
                }
            }
        }
        List<String> fit = new ArrayList<>(versions);
        fit.removeIf(row -> absent.contains(row)
                || needed.stream().anyMatch(need -> need.equals(row)
                        || !graph.overlapping(List.of(row, need)).isEmpty()));
        fit.addAll(needed);
        return new VersionTableRows(false, fit);
    }

    /** Whether the same rows are in both; a table without rows is as good as none. */
    public boolean sameRows(VersionTableRows other) {
        return versions.equals(other.versions);
    }
}
