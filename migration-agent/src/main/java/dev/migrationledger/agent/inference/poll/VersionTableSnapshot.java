package dev.migrationledger.agent.inference.poll;

import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.contracts.event.VersionTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The version table as one poll found it, with who wrote each row. */
public record VersionTableSnapshot(VersionTable table, List<VersionRow> rows) {
    public VersionTableSnapshot {
        rows = List.copyOf(rows);
    }

    /** As if there were no version table. */
    public static VersionTableSnapshot nothing(String table) {
        return new VersionTableSnapshot(new VersionTable(table, VersionTable.State.MISSING, List.of()), List.of());
    }

    /**
     * Whether it is the same table with the same rows by the same transactions. When a row was committed does not count: the server may have
     * begun to say so.
     */
    public boolean isSame(VersionTableSnapshot other) {
        return table.name().equals(other.table.name()) && table.state() == other.table.state()
                && written(rows).equals(written(other.rows));
    }

    private static List<String> written(List<VersionRow> rows) {
        return rows.stream().map(row -> row.transaction() + " " + row.version()).toList();
    }

    boolean missing() {
        return table.state() == VersionTable.State.MISSING;
    }

    /** Each version once, sorted. */
    Set<String> versions() {
        return new TreeSet<>(table.rows());
    }

    /** Rows whose version the other poll did not have. */
    List<VersionRow> rowsNotIn(VersionTableSnapshot other) {
        Set<String> had = new HashSet<>(other.table.rows());
        Set<String> listed = new HashSet<>();
        return rows.stream()
                .filter(row -> !had.contains(row.version()) && listed.add(row.version()))
                .toList();
    }

    List<String> versionsNotIn(VersionTableSnapshot other) {
        Set<String> versions = versions();
        versions.removeAll(other.versions());
        return List.copyOf(versions);
    }
}
