package dev.migrationledger.agent.database.capture;

import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change that the trigger on the version table, or an event trigger, wrote down. Its transaction committed: what was
 * rolled back left nothing.
 *
 * @param id ascending in the order in which changes were made within a transaction
 * @param operation what was done to the version table
 * @param before the version that was there; absent for inserts and for what concerns the whole table
 * @param after the version that is there; absent for deletes and for what concerns the whole table
 * @param statement as the server received it from the client, without its strings (but for the two versions) and comments, in whose place
 *     {@code ***} stands and a mark that is the same for equal statements; shortened, and then with a {@code …} at the end
 * @param catalog rows of system catalogs that this transaction wrote since the change before this one, by catalog; without
 *     those of the version table itself. Empty if and only if there are none; a number may be too high by what the same session
 *     wrote within the second before
 * @param data rows that it wrote since then, by table; without the version table
 * @param earlier rows of system catalogs that the same session wrote shortly before, in transactions of their own which left
 *     the version table alone, as {@code CREATE INDEX CONCURRENTLY} does; only where {@code catalog} is empty. That they
 *     belong to this change is likely and not certain, and what takes longer than a second is not among them
 * @param objects what event triggers saw since then; empty where there are none
 * @param triggers others on the version table, and rules, that may have written some of {@code catalog}, {@code data} and {@code
 *     objects}: those that can run before this change is captured, and after one that was captured before in the same transaction
 * @param idle whether a schema change was tried since then that found nothing to do, as {@code CREATE TABLE IF NOT EXISTS} does; only
 *     event triggers see it
 * @param changedAt by the server's clock, when the statement ran
 */
public record CapturedChange(
        long id,
        Operation operation,
        @Nullable String before,
        @Nullable String after,
        Actor actor,
        @Nullable String statement,
        Map<String, Long> catalog,
        Map<String, Long> data,
        Map<String, Long> earlier,
        List<TouchedObject> objects,
        List<String> triggers,
        boolean idle,
        Instant changedAt) {
    public CapturedChange {
        catalog = Map.copyOf(catalog);
        data = Map.copyOf(data);
        earlier = Map.copyOf(earlier);
        objects = List.copyOf(objects);
        // An older agent's memory has none.
        triggers = List.copyOf(Objects.requireNonNullElse(triggers, List.of()));
    }

    public enum Operation {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE,
        /** The version table was dropped, which only event triggers see. */
        DROP,
        /** Schema changes by a transaction that left the version table alone, which only event triggers see. */
        SCHEMA_ONLY
    }
}
