package dev.migrationledger.agent.database.postgresql.capture;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.CapturedChange.Operation;
import dev.migrationledger.agent.database.capture.CapturedTransaction;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Attribution.Touch;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.text.Redaction;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of the log's rows, which come by number. Counters in the log go up through a transaction; a change gets what
 * was written since the one before it.
 */
final class TransactionReader {

    /** Removed and put in again with each row, so that they come in the order of their last one. */
    private final Map<Long, Building> building = new LinkedHashMap<>();

    private static final class Building {
        private final List<CapturedChange> changes = new ArrayList<>();
        private final List<TouchedObject> objects = new ArrayList<>();
        private Map<String, Long> catalogs = Map.of();
        private Map<String, Long> tables = Map.of();
        private @Nullable CapturedChange tail;
        /** Whether triggers of a change before can have written since. */
        private boolean counted;
    }

    void add(ResultSet row) throws SQLException {
        long number = row.getLong("xact");
        Building one = building.remove(number);
        if (one == null) {
            one = new Building();
        }
        building.put(number, one);
        String operation = row.getString("operation");
        if (operation == null) {
            one.objects.addAll(objects(row));
            one.tail = change(row, Operation.SCHEMA_ONLY, Map.of(), Map.of(), one.objects, List.of());
            return;
        }
        Map<String, Long> catalogs = counts(row, "catalogs");
        Map<String, Long> tables = counts(row, "tables");
        if (!operation.equals("ATTACH")) {
            Map<String, Long> since = row.getBoolean("own") ? grown(one.catalogs, catalogs) : Map.of();
            List<String> triggers = new ArrayList<>(List.of(strings(row, "early_triggers")));
            if (one.counted) {
                triggers.addAll(List.of(strings(row, "late_triggers")));
            }
            one.changes.add(
                    change(row, Operation.valueOf(operation), since, grown(one.tables, tables), one.objects, triggers));
            one.objects.clear();
        }
        one.tail = null;
        one.counted = true;
        one.catalogs = catalogs;
        one.tables = tables;
    }

    Collection<Long> numbers() {
        return building.keySet();
    }

    List<CapturedTransaction> inOrder() {
        List<CapturedTransaction> transactions = new ArrayList<>();
        building.forEach((number, one) -> {
            if (one.tail != null && !one.objects.isEmpty()) {
                one.changes.add(one.tail);
            }
            if (!one.changes.isEmpty()) {
                transactions.add(new CapturedTransaction(Long.toString(number), one.changes));
            }
        });
        return transactions;
    }

    private static CapturedChange change(
            ResultSet row, Operation operation, Map<String, Long> catalogs, Map<String, Long> tables,
            List<TouchedObject> objects, List<String> triggers) throws SQLException {
        Actor actor = new Actor(
                row.getString("user_name"), row.getString("application_name"), row.getString("client_address"),
                row.getInt("pid"), row.getString("xact"));
        Instant changedAt = row.getObject("changed_at", OffsetDateTime.class).toInstant();
        String statement = row.getString("statement");
        return new CapturedChange(
                row.getLong("id"), operation, row.getString("was"), row.getString("becomes"), actor,
                statement == null ? null : Redaction.of(statement), catalogs, tables, counts(row, "earlier"), objects,
                triggers, row.getBoolean("idle"), changedAt);
    }

    /** From {@code name=number} each. */
    private static Map<String, Long> counts(ResultSet row, String column) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (String entry : strings(row, column)) {
            int sign = entry.lastIndexOf('=');
            counts.put(entry.substring(0, sign), Long.valueOf(entry.substring(sign + 1)));
        }
        return counts;
    }

    private static List<TouchedObject> objects(ResultSet row) throws SQLException {
        String[] touches = strings(row, "touches");
        String[] kinds = strings(row, "kinds");
        String[] names = strings(row, "names");
        List<TouchedObject> objects = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            objects.add(new TouchedObject(Touch.valueOf(touches[i]), kinds[i].toLowerCase(Locale.ROOT), names[i]));
        }
        return objects;
    }

    private static String[] strings(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? new String[0] : (String[]) array.getArray();
    }

    private static Map<String, Long> grown(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> grown = new TreeMap<>();
        after.forEach((name, count) -> {
            long more = count - before.getOrDefault(name, 0L);
            if (more > 0) {
                grown.put(name, more);
            }
        });
        return grown;
    }
}
