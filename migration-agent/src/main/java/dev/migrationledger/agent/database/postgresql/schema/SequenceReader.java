package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.ObjectName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sequences with their properties, never their values. That of an identity column is a part of the column. */
final class SequenceReader {

    private static final String ALL = """
            SELECT s.seqrelid, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
                   s.seqcycle, d.deptype::text, d.refobjid, d.refobjsubid
            FROM pg_sequence s
            LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.objsubid = 0
                 AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0""";

    private final ReadingContext reading;
    private final Map<String, String> identities = new HashMap<>();

    /** @param owner a column; 0: none */
    private record Owned(Relation sequence, String definition, long owner, int column) {}

    private final List<Owned> sequences = new ArrayList<>();

    SequenceReader(ReadingContext reading) {
        this.reading = reading;
    }

    void read() throws SQLException {
        reading.cursor.each(ALL, row -> {
            long owner = row.getLong(10);
            if ("i".equals(row.getString(9))) {
                identities.put(owner + "." + row.getInt(11), definition(row));
                return;
            }
            Relation sequence = reading.relations.included(row.getLong(1));
            boolean ofLeftOut = owner != 0 && reading.relations.included(owner) == null;
            if (sequence != null && !ofLeftOut) {
                sequences.add(new Owned(sequence, "AS " + row.getString(2) + definition(row), owner, row.getInt(11)));
            }
        });
    }

    /** Only what is not as it is without a word about it. */
    private static String definition(ResultSet row) throws SQLException {
        String type = row.getString(2);
        long increment = row.getLong(4);
        long most = switch (type) {
            case "smallint" -> Short.MAX_VALUE;
            case "integer" -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
        long min = row.getLong(5);
        long max = row.getLong(6);
        long usualMin = increment > 0 ? 1 : -most - 1;
        long usualMax = increment > 0 ? most : -1;
        StringBuilder definition = new StringBuilder();
        unless(definition, " START ", row.getLong(3), increment > 0 ? min : max);
        unless(definition, " INCREMENT ", increment, 1);
        unless(definition, " MINVALUE ", min, usualMin);
        unless(definition, " MAXVALUE ", max, usualMax);
        unless(definition, " CACHE ", row.getLong(7), 1);
        return definition.append(row.getBoolean(8) ? " CYCLE" : "").toString();
    }

    private static void unless(StringBuilder definition, String word, long value, long usual) {
        if (value != usual) {
            definition.append(word).append(value);
        }
    }

    /** Of an identity column, with brackets and a space in front; empty where everything is as usual. */
    String identity(long relation, int column) {
        String definition = identities.getOrDefault(relation + "." + column, "");
        return definition.isEmpty() ? "" : " (" + definition.strip() + ")";
    }

    /** After the columns. */
    void add() {
        for (Owned one : sequences) {
            Relation owner = reading.relations.included(one.owner);
            reading.add(one.sequence.schema(), null, one.sequence.name(), new Sequence(
                    owner == null
                            ? null
                            : ObjectName.column(
                                    owner.schema(), owner.name(), reading.names.columnName(one.owner, one.column)),
                    one.definition));
        }
    }
}
