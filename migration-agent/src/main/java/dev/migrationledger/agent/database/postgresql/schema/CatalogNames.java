package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.agent.database.postgresql.schema.tree.ObjectIdNames;
import dev.migrationledger.contracts.schema.CanonicalText;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a catalog's names as a whole when the first of them is asked for; most schemas use only a few of these catalogs. */
final class CatalogNames implements ObjectIdNames {

    private static final String UNKNOWN = "?";

    private static final String FUNCTIONS = "SELECT p.oid, n.nspname, p.proname"
            + " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace";

    private static final String OPERATORS = "SELECT o.oid, n.nspname, o.oprname"
            + " FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace";

    private static final String COLLATIONS = "SELECT c.oid, n.nspname, c.collname"
            + " FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace";

    private static final String CLASSES = """
            SELECT c.oid, n.nspname, c.opcname FROM pg_opclass c JOIN pg_namespace n ON n.oid = c.opcnamespace
            WHERE NOT c.opcdefault""";

    /** Without those that tables bring along: there are two for each. */
    private static final String TYPES = """
            SELECT t.oid, format_type(t.oid, NULL) FROM pg_type t LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typlen = -1
            WHERE t.typtype <> 'c' AND coalesce(e.typtype, 'b') <> 'c'""";

    /** A catalog that could not be read ends the whole reading, from the middle of an expression. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final SQLException reason;

        Failed(SQLException reason) {
            super(reason);
            this.reason = reason;
        }

        SQLException reason() {
            return reason;
        }
    }

    private interface Load<T> {
        Map<Long, T> now() throws SQLException;
    }

    private final ReadingContext reading;
    private final Map<String, Map<Long, String>> loaded = new HashMap<>();
    private final Map<Long, Map<Integer, String>> columns = new HashMap<>();
    private final Map<Long, String> labels = new HashMap<>();

    CatalogNames(ReadingContext reading) {
        this.reading = reading;
    }

    void column(long relation, int number, String name) {
        columns.computeIfAbsent(relation, any -> new HashMap<>()).put(number, name);
    }

    void label(long oid, String label) {
        labels.put(oid, label);
    }

    @Override
    public String function(long oid) {
        return qualified("functions", FUNCTIONS, oid);
    }

    @Override
    public String operator(long oid) {
        return loaded("operators", () -> {
            Map<Long, String> names = new HashMap<>();
            reading.cursor.each(OPERATORS, row -> names.put(row.getLong(1), row.getString(2).equals("pg_catalog")
                    ? row.getString(3)
                    : "OPERATOR(" + CanonicalText.quoted(row.getString(2)) + "." + row.getString(3) + ")"));
            return names;
        }).getOrDefault(oid, UNKNOWN);
    }

    @Override
    public String collation(long oid) {
        return qualified("collations", COLLATIONS, oid);
    }

    /** With a space in front; empty for a type's default, which goes without saying. */
    String operatorClass(long oid) {
        String name = qualified("classes", CLASSES, oid);
        return name.equals(UNKNOWN) ? "" : " " + name;
    }

    @Override
    public String type(long oid) {
        Map<Long, String> types = loaded("types", () -> {
            Map<Long, String> names = new HashMap<>();
            reading.cursor.each(TYPES, row -> names.put(row.getLong(1), row.getString(2)));
            return names;
        });
        String name = types.get(oid);
        return name == null ? rowType(oid, types) : name;
    }

    private String rowType(long oid, Map<Long, String> types) {
        types.put(oid, UNKNOWN);
        try {
            reading.cursor.each("SELECT format_type(oid, NULL) FROM pg_type WHERE oid = " + oid,
                    row -> types.put(oid, row.getString(1)));
        } catch (SQLException e) {
            throw new Failed(e);
        }
        return types.getOrDefault(oid, UNKNOWN);
    }

    private String qualified(String what, String sql, long oid) {
        return loaded(what, () -> {
            Map<Long, String> names = new HashMap<>();
            reading.cursor.each(sql,
                    row -> names.put(row.getLong(1), CanonicalText.qualified(row.getString(2), row.getString(3))));
            return names;
        }).getOrDefault(oid, UNKNOWN);
    }

    private Map<Long, String> loaded(String what, Load<String> load) {
        Map<Long, String> names = loaded.get(what);
        if (names == null) {
            try {
                names = load.now();
            } catch (SQLException e) {
                throw new Failed(e);
            }
            loaded.put(what, names);
        }
        return names;
    }

    @Override
    public String relation(long oid) {
        Relation relation = reading.relations.find(oid);
        return relation == null ? UNKNOWN : relation.qualified();
    }

    @Override
    public String column(long relation, int number) {
        String name = columnName(relation, number);
        return number < 1 ? name : CanonicalText.quoted(name);
    }

    /** As the catalog has it, without quotes. */
    String columnName(long relation, int number) {
        if (number < 1) {
            return number == 0 ? "*" : "system column " + -number;
        }
        Map<Integer, String> known = columns.get(relation);
        if (known == null) {
            known = ofSystem(relation);
            columns.put(relation, known);
        }
        return known.getOrDefault(number, UNKNOWN + number);
    }

    /** Of one of the server's own tables: views look into them, seldom. */
    private Map<Integer, String> ofSystem(long relation) {
        Map<Integer, String> names = new HashMap<>();
        try {
            reading.cursor.each("SELECT attnum, attname FROM pg_attribute WHERE attnum > 0 AND attrelid = " + relation,
                    row -> names.put(row.getInt(1), row.getString(2)));
        } catch (SQLException e) {
            throw new Failed(e);
        }
        return names;
    }

    @Override
    public @Nullable String enumLabel(long oid) {
        return labels.get(oid);
    }
}
