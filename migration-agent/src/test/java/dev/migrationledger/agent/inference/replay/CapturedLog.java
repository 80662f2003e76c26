package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.CapturedChange.Operation;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Attribution.Touch;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a trigger would have captured, written as a story: statements of sessions, in the order in which they ran. */
final class CapturedLog {

    static final String TABLE = "public.alembic_version";

    final List<CapturedChange> changes = new ArrayList<>();
    private int transaction = 700;
    private int pid = 4711;
    private long seconds;
    private Map<String, Long> catalog = Map.of();
    private Map<String, Long> data = Map.of();
    private Map<String, Long> earlier = Map.of();
    private List<TouchedObject> objects = List.of();
    private List<String> triggers = List.of();
    private boolean idle;

    /** The next statements are in a new transaction. */
    CapturedLog begin() {
        transaction++;
        return this;
    }

    /** The next statements are in that transaction. */
    CapturedLog in(int number) {
        transaction = number;
        return this;
    }

    /** The next statements are of another session, in a new transaction. */
    CapturedLog session(int number) {
        pid = number;
        return begin();
    }

    CapturedLog seconds(long pause) {
        seconds += pause;
        return this;
    }

    /** Before the next row, something is created. */
    CapturedLog work() {
        catalog = Map.of("pg_class", 1L, "pg_attribute", 7L);
        return this;
    }

    /** Before the next row, data is changed. */
    CapturedLog data() {
        data = Map.of("public.users", 3L);
        return this;
    }

    /** Before the next row, a schema change finds nothing to do. */
    CapturedLog idle() {
        idle = true;
        return this;
    }

    /** Before the next row, a trigger of the version table may have written what is found. */
    CapturedLog trigger(String name) {
        triggers = List.of(name);
        return this;
    }

    /** The session seems to have written this just before, in transactions of its own. */
    CapturedLog earlier() {
        earlier = Map.of("pg_index", 2L);
        return this;
    }

    /** Before the next row, an event trigger sees this. */
    CapturedLog object(String kind, String name) {
        objects = List.of(new TouchedObject(Touch.CREATED, kind, name));
        return this;
    }

    CapturedLog insert(String after) {
        return add(Operation.INSERT, null, after,
                "INSERT INTO alembic_version (version_num) VALUES ('" + after
                        + "') RETURNING alembic_version.version_num");
    }

    CapturedLog update(String before, String after) {
        return add(Operation.UPDATE, before, after, "UPDATE alembic_version SET version_num='" + after
                + "' WHERE alembic_version.version_num = '" + before + "'");
    }

    CapturedLog delete(String before) {
        return add(Operation.DELETE, before, null,
                "DELETE FROM alembic_version WHERE alembic_version.version_num = '" + before + "'");
    }

    CapturedLog purge(String... rows) {
        for (String row : rows) {
            add(Operation.DELETE, row, null, "DELETE FROM alembic_version");
        }
        return this;
    }

    CapturedLog schemaOnly(String kind, String name) {
        object(kind, name);
        return begin().add(Operation.SCHEMA_ONLY, null, null, null).begin();
    }

    CapturedLog add(
            Operation operation, @Nullable String before, @Nullable String after, @Nullable String statement) {
        changes.add(new CapturedChange(changes.size() + 1L, operation, before, after,
                new Actor("deploy", "psql", "10.0.0.7", pid, String.valueOf(transaction)), statement, catalog, data,
                earlier, objects, triggers, idle, Instant.ofEpochSecond(1_000_000 + seconds++)));
        catalog = Map.of();
        data = Map.of();
        earlier = Map.of();
        objects = List.of();
        triggers = List.of();
        idle = false;
        return this;
    }
}
