package dev.migrationledger.agent.database.observation;

import dev.migrationledger.contracts.event.Clue.WrittenRows;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.Set;

/**
 * What one transaction wrote into the catalogs besides the version table.
 *
 * @param transaction its number
 * @param rows that it wrote, by catalog
 * @param objects tables, views, columns, indexes and enums of which it wrote the catalog row, some of them where there are many
 */
public record Trace(String transaction, List<WrittenRows> rows, Set<ObjectName> objects) {
    public Trace {
        rows = List.copyOf(rows);
        objects = Set.copyOf(objects);
    }
}
