package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.observation.Trace;
import dev.migrationledger.contracts.event.Clue.WrittenRows;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What transactions wrote into the catalogs, found by their ids in the rows (xmin). */
final class TransactionTraces {

    private TransactionTraces() {}

    /**
     * By transaction; without those that wrote no catalog row.
     *
     * @param versionTable its oid
     */
    static Map<String, Trace> read(Connection open, long versionTable, List<String> transactions)
            throws SQLException {
        Map<String, List<WrittenRows>> written = transactions.isEmpty()
                ? Map.of()
                : written(open, versionTable, transactions);
        if (written.isEmpty()) {
            return Map.of();
        }
        Map<String, Set<ObjectName>> objects = objects(open, written.keySet());
        Map<String, Trace> traces = new TreeMap<>();
        written.forEach((transaction, rows) -> traces.put(
                transaction,
                new Trace(transaction, rows,
                        objects.getOrDefault(transaction, Set.of()))));
        return traces;
    }

    private static Map<String, List<WrittenRows>> written(Connection open, long versionTable, List<String> transactions)
            throws SQLException {
        Map<String, List<WrittenRows>> written = new TreeMap<>();
        try (PreparedStatement statement = open.prepareStatement(CatalogQueries.TRACES)) {
            statement.setLong(1, versionTable);
            statement.setString(2, array(transactions));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    written.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(new WrittenRows(row.getString(2), row.getLong(3)));
                }
            }
        }
        return written;
    }

    private static Map<String, Set<ObjectName>> objects(Connection open, Set<String> transactions)
            throws SQLException {
        Map<String, Set<ObjectName>> objects = new HashMap<>();
        try (PreparedStatement statement = open.prepareStatement(CatalogQueries.TRACED_OBJECTS)) {
            statement.setString(1, array(transactions));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String part = row.getString(5);
                    objects.computeIfAbsent(row.getString(1), _ -> new HashSet<>()).add(part == null
                            ? new ObjectName(ObjectKind.valueOf(row.getString(2)), row.getString(3), null,
                                    row.getString(4))
                            : ObjectName.column(row.getString(3), row.getString(4), part));
                }
            }
        }
        return objects;
    }

    private static String array(Collection<String> transactions) {
        return "{" + String.join(",", transactions) + "}";
    }
}
