package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.Definition.Trigger;
import dev.migrationledger.contracts.schema.Definition.TriggerState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Triggers that somebody made; not those of foreign keys, nor a partition's copies of its parent's, nor the ledger's own. */
final class Triggers {

    private static final String ALL = """
            SELECT t.tgrelid, t.tgname, t.tgtype, t.tgenabled::text, n.nspname, p.proname, encode(t.tgargs, 'escape'), t.tgattr::text,
                   t.tgqual::text, t.tgdeferrable, t.tginitdeferred, t.tgoldtable, t.tgnewtable, t.tgconstraint <> 0,
                   t.tgconstrrelid
            FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE NOT t.tgisinternal AND t.tgparentid = 0""";

    private static final int ROW = 1;
    private static final int BEFORE = 2;
    private static final int INSERT = 4;
    private static final int DELETE = 8;
    private static final int UPDATE = 16;
    private static final int TRUNCATE = 32;
    private static final int INSTEAD = 64;

    private final ReadingContext reading;

    Triggers(ReadingContext reading) {
        this.reading = reading;
    }

    void add() throws SQLException {
        reading.cursor.each(ALL, row -> {
            Relation table = reading.relations.included(row.getLong(1));
            if (table != null && !row.getString(5).equals(ReadingContext.OURS)) {
                reading.add(table.schema(), table.name(), row.getString(2),
                        new Trigger(state(row.getString(4)), definition(row, table)));
            }
        });
    }

    private String definition(ResultSet row, Relation table) throws SQLException {
        int type = row.getInt(3);
        StringBuilder definition = new StringBuilder(row.getBoolean(14) ? "CONSTRAINT " : "")
                .append(is(type, BEFORE) ? "BEFORE " : is(type, INSTEAD) ? "INSTEAD OF " : "AFTER ")
                .append(events(type, row.getString(8), table));
        Relation other = reading.relations.find(row.getLong(15));
        if (other != null) {
            definition.append(" FROM ").append(other.qualified());
        }
        definition.append(row.getBoolean(10) ? " DEFERRABLE" : "")
                .append(row.getBoolean(11) ? " INITIALLY DEFERRED" : "");
        String oldTable = row.getString(12);
        String newTable = row.getString(13);
        definition.append(oldTable == null ? "" : " REFERENCING OLD TABLE AS " + CanonicalText.quoted(oldTable))
                .append(newTable == null ? "" : " REFERENCING NEW TABLE AS " + CanonicalText.quoted(newTable))
                .append(is(type, ROW) ? " FOR EACH ROW" : " FOR EACH STATEMENT");
        String condition = row.getString(9);
        if (condition != null) {
            definition.append(" WHEN (").append(reading.canonical.ofRows(condition, table.oid())).append(')');
        }
        return definition.append(" EXECUTE FUNCTION ")
                .append(CanonicalText.qualified(row.getString(5), row.getString(6)))
                .append('(').append(arguments(row.getString(7))).append(')')
                .toString();
    }

    private static boolean is(int type, int bit) {
        return (type & bit) != 0;
    }

    private String events(int type, String numbers, Relation table) {
        List<String> events = new ArrayList<>();
        if (is(type, INSERT)) {
            events.add("INSERT");
        }
        if (is(type, DELETE)) {
            events.add("DELETE");
        }
        if (is(type, UPDATE)) {
            String columns = NumberLists.ints(numbers).stream()
                    .map(number -> reading.names.column(table.oid(), number))
                    .sorted()
                    .collect(Collectors.joining(", "));
            events.add(columns.isEmpty() ? "UPDATE" : "UPDATE OF " + columns);
        }
        if (is(type, TRUNCATE)) {
            events.add("TRUNCATE");
        }
        return String.join(" OR ", events);
    }

    /** Each ends with a zero byte. */
    private static String arguments(String escaped) {
        return List.of(escaped.split("\\\\000")).stream()
                .filter(argument -> !escaped.isEmpty())
                .map(CanonicalText::literal)
                .collect(Collectors.joining(", "));
    }

    private static TriggerState state(String code) {
        return switch (code) {
            case "D" -> TriggerState.DISABLED;
            case "R" -> TriggerState.REPLICA;
            case "A" -> TriggerState.ALWAYS;
            default -> TriggerState.ENABLED;
        };
    }
}
