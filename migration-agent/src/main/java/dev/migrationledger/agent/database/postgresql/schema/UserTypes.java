package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.Definition.CompositeType;
import dev.migrationledger.contracts.schema.Definition.Domain;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Enums, domains, ranges and composite types. */
final class UserTypes {

    private static final String ENUMS = """
            SELECT t.oid, t.typnamespace, t.typname, e.oid, e.enumlabel
            FROM pg_type t LEFT JOIN pg_enum e ON e.enumtypid = t.oid
            WHERE t.typtype = 'e' ORDER BY t.oid, e.enumsortorder""";

    private static final String DOMAINS = """
            SELECT t.oid, t.typnamespace, t.typname, format_type(t.typbasetype, t.typtypmod), t.typnotnull,
                   pg_get_expr(t.typdefaultbin, 0),
                   CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation ELSE 0 END
            FROM pg_type t JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype = 'd' AND t.oid >= 16384""";

    private static final String RANGES = """
            SELECT t.oid, t.typnamespace, t.typname, format_type(r.rngsubtype, NULL), r.rngsubopc, r.rngcollation,
                   s.typcollation, r.rngcanonical::text, r.rngsubdiff::text
            FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_type s ON s.oid = r.rngsubtype
            WHERE t.oid >= 16384""";

    /** What a catalog says where there is no function. */
    private static final String NO_FUNCTION = "-";

    private final ReadingContext reading;

    UserTypes(ReadingContext reading) {
        this.reading = reading;
    }

    private record Named(String schema, String name) {}

    /** Before every expression: constants hold labels by their ids. */
    void addEnums() throws SQLException {
        Map<Long, Named> enums = new TreeMap<>();
        Map<Long, List<String>> labels = new TreeMap<>();
        reading.cursor.each(ENUMS, row -> {
            List<String> known = labels.computeIfAbsent(row.getLong(1), any -> new ArrayList<>());
            String label = row.getString(5);
            if (label != null) {
                reading.names.label(row.getLong(4), label);
                known.add(label);
            }
            if (includes(row.getLong(2), row.getLong(1))) {
                enums.put(row.getLong(1), new Named(reading.schema(row.getLong(2)), row.getString(3)));
            }
        });
        enums.forEach((oid, named) -> reading.add(named.schema, null, named.name,
                EnumType.of(labels.getOrDefault(oid, List.of()))));
    }

    private boolean includes(long schema, long type) {
        return reading.includes(schema) && !reading.isOfExtension("pg_type", type);
    }

    void add(Columns columns, Constraints constraints) throws SQLException {
        reading.cursor.each(DOMAINS, row -> {
            if (includes(row.getLong(2), row.getLong(1))) {
                String value = row.getString(6);
                reading.add(reading.schema(row.getLong(2)), null, row.getString(3), new Domain(row.getString(4),
                        (row.getLong(7) == 0 ? "" : " COLLATE " + reading.names.collation(row.getLong(7)))
                                + (row.getBoolean(5) ? " NOT NULL" : "")
                                + (value == null ? "" : " DEFAULT " + value)
                                + constraints.ofDomain(row.getLong(1))));
            }
        });
        reading.cursor.each(RANGES, row -> {
            if (includes(row.getLong(2), row.getLong(1))) {
                boolean collated = row.getLong(6) != row.getLong(7);
                reading.add(reading.schema(row.getLong(2)), null, row.getString(3), new CompositeType(
                        "RANGE OF " + row.getString(4) + reading.names.operatorClass(row.getLong(5))
                                + (collated ? " COLLATE " + reading.names.collation(row.getLong(6)) : "")
                                + function(" CANONICAL ", row.getString(8))
                                + function(" DIFFERENCE ", row.getString(9))));
            }
        });
        for (Relation relation : reading.relations.all()) {
            if (relation.included() && relation.kind() == 'c') {
                reading.add(relation.schema(), null, relation.name(),
                        new CompositeType(columns.parts(relation.oid())));
            }
        }
    }

    private static String function(String word, String name) {
        return name.equals(NO_FUNCTION) ? "" : word + name;
    }
}
