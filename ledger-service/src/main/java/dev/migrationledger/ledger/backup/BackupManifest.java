package dev.migrationledger.ledger.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backup holds.
 *
 * @param form of the file
 * @param ledger version of the ledger that wrote it
 * @param schema version of the tables
 * @param at when it was begun
 * @param sequences last value by name
 */
record BackupManifest(
        int form, String ledger, String schema, Instant at, List<Content> tables, Map<String, Long> sequences) {

    static final int FORM = 1;

    BackupManifest {
        tables = List.copyOf(tables);
        sequences = Map.copyOf(sequences);
    }

    /**
     * A table.
     *
     * @param columns in the order of the rows; without those that PostgreSQL computes
     */
    record Table(String name, List<String> columns) {
        Table {
            columns = List.copyOf(columns);
        }

        String copy(String direction) {
            return "copy %s (%s) %s".formatted(LedgerTables.quoted(name),
                    String.join(", ", columns.stream().map(column -> '"' + column + '"').toList()), direction);
        }

        /** In the zip file. */
        String entry() {
            return "tables/" + name;
        }
    }

    /**
     * What is in a table.
     *
     * @param digest by {@link RowsDigest} of its rows as PostgreSQL copies them
     */
    record Content(Table table, long rows, String digest) {}

    long events() {
        return tables.stream().filter(it -> it.table().name().equals(LedgerTables.EVENTS)).mapToLong(Content::rows)
                .sum();
    }

    /** Of all tables. */
    long rows() {
        return tables.stream().mapToLong(Content::rows).sum();
    }
}
