package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.agent.database.postgresql.schema.tree.TextConstants;
import dev.migrationledger.contracts.schema.Definition.StoredQuery;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.QueryLiterals;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Views, materialized or not, by a digest of their query; and the rules of tables, which are parts of them. */
final class Views {

    private static final String RULES = """
            SELECT r.ev_class, r.rulename, r.ev_type::text, r.is_instead, r.ev_enabled::text, r.ev_qual::text, r.ev_action::text
            FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE r.oid >= 16384 AND c.relpersistence <> 't'""";

    /** What a query needs: its relation as a whole, and each of its columns. */
    private static final String USES = """
            SELECT DISTINCT r.ev_class, d.refobjid, d.refobjsubid
            FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                 AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
            WHERE r.oid >= 16384 AND r.ev_type = '1'""";

    private static final String SELECT = "1";

    private final ReadingContext reading;
    private final Map<Long, String> queries = new HashMap<>();
    private final Map<Long, QueryLiterals> literals = new HashMap<>();
    private final Map<Long, TreeMap<String, String>> rules = new HashMap<>();

    Views(ReadingContext reading) {
        this.reading = reading;
    }

    /** Before the tables. */
    void read() throws SQLException {
        reading.cursor.each(RULES, row -> {
            Relation relation = reading.relations.included(row.getLong(1));
            if (relation == null) {
                return;
            }
            String action = reading.canonical.ofQueries(row.getString(7));
            if (row.getString(3).equals(SELECT)) {
                queries.put(relation.oid(), action);
                QueryLiterals read = TextConstants.of(row.getString(7), reading.names);
                if (read != null) {
                    literals.put(relation.oid(), read);
                }
            } else {
                rules.computeIfAbsent(relation.oid(), any -> new TreeMap<>()).put(row.getString(2), String.join("\0",
                        row.getString(3), row.getString(4), row.getString(5),
                        reading.canonical.ofRows(row.getString(6), relation.oid()), action));
            }
        });
        rules.forEach((oid, byName) -> {
            Relation relation = reading.relations.included(oid);
            if (relation != null && relation.isTable()) {
                reading.relations.rules(relation, ofRules(oid));
            }
        });
    }

    private String ofRules(long relation) {
        TreeMap<String, String> named = rules.getOrDefault(relation, new TreeMap<>());
        return named.isEmpty() ? "" : " RULES " + ReadingContext.digest(named.toString());
    }

    /** After the columns. */
    void add(Columns columns) throws SQLException {
        Map<Long, TreeSet<ObjectName>> uses = new HashMap<>();
        reading.cursor.each(USES, row -> {
            Relation used = reading.relations.find(row.getLong(2));
            if (used != null) {
                int column = row.getInt(3);
                uses.computeIfAbsent(row.getLong(1), any -> new TreeSet<>()).add(column == 0
                        ? used.object()
                        : ObjectName.column(used.schema(), used.name(),
                                reading.names.columnName(used.oid(), column)));
            }
        });
        for (Relation view : reading.relations.all()) {
            if (view.included() && (view.kind() == 'v' || view.kind() == 'm')) {
                String code = columns.parts(view.oid()) + queries.getOrDefault(view.oid(), "");
                String details = (ReadingContext.digest(code) + view.definition() + ofRules(view.oid())).strip();
                List<ObjectName> used = List.copyOf(uses.getOrDefault(view.oid(), new TreeSet<>()));
                reading.add(view.schema(), null, view.name(),
                        StoredQuery.of(view.kind() == 'm', columns.names(view.oid()), used,
                                literals.get(view.oid()), details));
            }
        }
    }
}
