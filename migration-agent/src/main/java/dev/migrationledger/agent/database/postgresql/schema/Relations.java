package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.ObjectName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables, views, sequences and composite types: everything that has a row in {@code pg_class}, indexes apart. */
final class Relations {

    /** A partition's bound is an expression without columns, which the server writes without opening a table. */
    private static final String ALL = """
            SELECT c.oid, c.relnamespace, c.relname, c.relkind::text, c.relpersistence::text, c.relrowsecurity,
                   c.relforcerowsecurity, CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, 0) END,
                   (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(c.reloptions) o),
                   am.amname, c.relreplident::text,
                   CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END, c.reltype
            FROM pg_class c LEFT JOIN pg_am am ON am.oid = c.relam
            WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND c.relpersistence <> 't'""";

    private static final String PARENTS = """
            SELECT i.inhrelid, i.inhparent FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE c.relkind IN ('r', 'p', 'f') ORDER BY i.inhrelid, i.inhseqno""";

    private static final String PARTITIONED = """
            SELECT partrelid, partstrat::text, partattrs::text, partclass::text, partexprs::text FROM pg_partitioned_table""";

    private static final String FOREIGN = """
            SELECT f.ftrelid, s.srvname, f.ftoptions::text
            FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver""";

    private final ReadingContext reading;
    private final long versionTable;
    private final Map<Long, Relation> byId = new HashMap<>();
    private final Map<Long, String> rules = new HashMap<>();

    Relations(ReadingContext reading, long versionTable) {
        this.reading = reading;
        this.versionTable = versionTable;
    }

    void read() throws SQLException {
        reading.cursor.each(ALL, row -> {
            Relation relation = relation(row);
            byId.put(relation.oid(), relation);
        });
    }

    private Relation relation(ResultSet row) throws SQLException {
        long oid = row.getLong(1);
        long schema = row.getLong(2);
        char kind = row.getString(4).charAt(0);
        boolean included = oid != versionTable
                && reading.includes(schema)
                && !reading.isOfExtension("pg_class", oid)
                && !(kind == 'c' && reading.isOfExtension("pg_type", row.getLong(13)));
        String bound = row.getString(8);
        return new Relation(oid, reading.pooled(reading.schema(schema)), row.getString(3), kind, included,
                included ? reading.pooled(definition(row, kind)) : "", bound == null ? "" : bound);
    }

    private static String definition(ResultSet row, char kind) throws SQLException {
        StringBuilder definition = new StringBuilder(switch (kind) {
            case 'r', 'p' -> row.getString(5).equals("u") ? "UNLOGGED TABLE" : "TABLE";
            case 'f' -> "FOREIGN TABLE";
            default -> "";
        });
        part(definition, " OF ", row.getString(12));
        String method = row.getString(10);
        part(definition, " USING ", "heap".equals(method) ? null : method);
        String options = row.getString(9);
        part(definition, " WITH ", options == null ? null : "(" + options + ")");
        if (row.getBoolean(6)) {
            definition.append(" ROW LEVEL SECURITY");
        }
        if (row.getBoolean(7)) {
            definition.append(" FORCE ROW LEVEL SECURITY");
        }
        switch (row.getString(11)) {
            case "f" -> definition.append(" REPLICA IDENTITY FULL");
            case "i" -> definition.append(" REPLICA IDENTITY INDEX");
            // The default of tables, and the only one that other kinds have.
            default -> {
            }
        }
        return definition.toString();
    }

    private static void part(StringBuilder definition, String word, @Nullable String value) {
        if (value != null) {
            definition.append(word).append(value);
        }
    }

    /** After the columns, whose names partition keys need. */
    void addTables() throws SQLException {
        Map<Long, String> keys = new HashMap<>();
        reading.cursor.each(PARTITIONED, row -> {
            Relation table = included(row.getLong(1));
            if (table != null) {
                keys.put(table.oid(), strategy(row.getString(2)) + " (" + partitionKey(row, table) + ")");
            }
        });
        Map<Long, List<ObjectName>> parents = new HashMap<>();
        reading.cursor.each(PARENTS, row -> {
            Relation parent = find(row.getLong(2));
            parents.computeIfAbsent(row.getLong(1), any -> new ArrayList<>())
                    .add(parent == null ? ObjectName.table(null, "?") : parent.object());
        });
        Map<Long, String> servers = new HashMap<>();
        reading.cursor.each(FOREIGN, row -> {
            // Options may hold what is nobody's business.
            String options = row.getString(3);
            servers.put(row.getLong(1), CanonicalText.quoted(row.getString(2))
                    + (options == null ? "" : " OPTIONS " + ReadingContext.digest(options)));
        });
        for (Relation table : byId.values()) {
            if (table.included() && table.isTable()) {
                List<ObjectName> of = parents.getOrDefault(table.oid(), List.of());
                boolean partition = !table.partition().isEmpty() && !of.isEmpty();
                reading.add(table.schema(), null, table.name(), new Table(
                        reading.pooled(table.definition() + rules.getOrDefault(table.oid(), "")),
                        keys.get(table.oid()), servers.get(table.oid()), partition ? of.getFirst() : null,
                        partition ? table.partition() : null, partition || of.isEmpty() ? null : of, null, null));
            }
        }
    }

    private static String strategy(String code) {
        return switch (code) {
            case "r" -> "RANGE";
            case "l" -> "LIST";
            case "h" -> "HASH";
            default -> code;
        };
    }

    private String partitionKey(ResultSet row, Relation table) throws SQLException {
        List<Integer> numbers = NumberLists.ints(row.getString(3));
        List<Long> classes = NumberLists.longs(row.getString(4));
        String trees = row.getString(5);
        List<String> expressions = trees == null
                ? new ArrayList<>()
                : new ArrayList<>(reading.canonical.eachOfTable(trees, table.oid()));
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            String key = numbers.get(i) == 0
                    ? expressions.removeFirst()
                    : reading.names.column(table.oid(), numbers.get(i));
            keys.add(key + reading.names.operatorClass(classes.get(i)));
        }
        return String.join(", ", keys);
    }

    /** Adds the rules of a table. */
    void rules(Relation table, String words) {
        rules.put(table.oid(), words);
    }

    @Nullable
    Relation find(long oid) {
        return byId.get(oid);
    }

    /** Absent: it is none that belongs to the snapshot. */
    @Nullable
    Relation included(long oid) {
        Relation relation = byId.get(oid);
        return relation != null && relation.included() ? relation : null;
    }

    Collection<Relation> all() {
        return byId.values();
    }
}
