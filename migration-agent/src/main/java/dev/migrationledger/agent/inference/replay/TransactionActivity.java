package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Clue.WrittenRows;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What was done before a row of the version table changed, and belongs to that change: the migration tool runs a revision
 * first and writes its row second.
 *
 * @param catalog rows of system catalogs written in the same transaction, by catalog
 * @param data rows written in the same transaction, by table
 * @param objects that event triggers saw in the same transaction
 * @param earlier objects that they saw in transactions of the same session just before it, as a concurrent index needs
 * @param earlierCatalog rows of system catalogs that such transactions seem to have written
 * @param idle whether a schema change was tried in the same transaction that found nothing to do
 * @param triggers of others on the version table, which may have written any of what its transaction wrote
 */
record TransactionActivity(
        Map<String, Long> catalog,
        Map<String, Long> data,
        List<TouchedObject> objects,
        List<TouchedObject> earlier,
        Map<String, Long> earlierCatalog,
        boolean idle,
        List<String> triggers) {

    static final TransactionActivity NONE = new TransactionActivity(Map.of(), Map.of(), List.of(), List.of(), Map.of(),
            false, List.of());

    TransactionActivity {
        catalog = positive(catalog);
        data = positive(data);
        objects = List.copyOf(objects);
        earlier = List.copyOf(earlier);
        earlierCatalog = positive(earlierCatalog);
        triggers = List.copyOf(triggers);
    }

    static TransactionActivity of(CapturedChange change, List<TouchedObject> earlier) {
        return new TransactionActivity(change.catalog(), change.data(), change.objects(), earlier, change.earlier(),
                change.idle(), change.triggers());
    }

    TransactionActivity and(TransactionActivity more) {
        return new TransactionActivity(
                sum(catalog, more.catalog), sum(data, more.data), joined(objects, more.objects),
                joined(earlier, more.earlier), sum(earlierCatalog, more.earlierCatalog), idle || more.idle,
                Stream.concat(triggers.stream(), more.triggers.stream()).distinct().toList());
    }

    boolean isNone() {
        return !isOwn() && earlier.isEmpty() && earlierCatalog.isEmpty();
    }

    /** Whether anything was done in the transaction itself. */
    boolean isOwn() {
        return !catalog.isEmpty() || !data.isEmpty() || !objects.isEmpty();
    }

    /** Whether there is nothing but rows which a trigger of the version table may have written: no evidence of a migration. */
    boolean mayBeOfTriggers() {
        return isDataOnly() && !triggers.isEmpty();
    }

    /** Whether rows were written and nothing else. */
    boolean isDataOnly() {
        return !data.isEmpty() && catalog.isEmpty() && objects.isEmpty() && earlier.isEmpty();
    }

    List<TouchedObject> touched() {
        return joined(earlier, objects);
    }

    /** What was written, by table; the objects that were touched are in the attribution. */
    List<WrittenRows> rows() {
        return sum(sum(catalog, data), isOwn() ? Map.of() : earlierCatalog).entrySet().stream()
                .map(table -> new WrittenRows(table.getKey(), table.getValue()))
                .toList();
    }

    private static Map<String, Long> positive(Map<String, Long> counts) {
        Map<String, Long> positive = new TreeMap<>(counts);
        positive.values().removeIf(count -> count <= 0);
        return Collections.unmodifiableMap(positive);
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new LinkedHashMap<>(one);
        other.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }

    private static List<TouchedObject> joined(List<TouchedObject> one, List<TouchedObject> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
