package dev.migrationledger.agent.sql.postgresql;

import static dev.migrationledger.contracts.footprint.Effect.Action.ALTER;
import static dev.migrationledger.contracts.footprint.Effect.Action.CREATE;
import static dev.migrationledger.contracts.footprint.Effect.Action.DROP;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.effect.GeneratedNames;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.unread.SqlReason.CalledInDatabase;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Functions of extensions that change a schema: what they can do. A further one is a line. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the collections
enum SchemaFunction {
    // TimescaleDB
    CREATE_HYPERTABLE(true, Set.of(CREATE, ALTER), ObjectKind.INDEX, ObjectKind.TRIGGER, ObjectKind.COLUMN),
    ADD_DIMENSION(true, Set.of(CREATE), ObjectKind.CONSTRAINT),
    ADD_RETENTION_POLICY,
    REMOVE_RETENTION_POLICY,
    ADD_COMPRESSION_POLICY,
    REMOVE_COMPRESSION_POLICY,
    ADD_COLUMNSTORE_POLICY,
    ADD_CONTINUOUS_AGGREGATE_POLICY,
    REMOVE_CONTINUOUS_AGGREGATE_POLICY,
    REFRESH_CONTINUOUS_AGGREGATE,
    SET_CHUNK_TIME_INTERVAL,
    ADD_JOB,
    // Citus
    CREATE_DISTRIBUTED_TABLE,
    CREATE_REFERENCE_TABLE,
    // PostGIS
    ADDGEOMETRYCOLUMN(true, Set.of(CREATE), ObjectKind.COLUMN, ObjectKind.CONSTRAINT),
    DROPGEOMETRYCOLUMN(true, Set.of(DROP), ObjectKind.COLUMN, ObjectKind.CONSTRAINT, ObjectKind.INDEX),
    UPDATEGEOMETRYSRID(true, Set.of(ALTER), ObjectKind.COLUMN, ObjectKind.CONSTRAINT),
    POPULATE_GEOMETRY_COLUMNS(true, Set.of(ALTER), ObjectKind.COLUMN, ObjectKind.CONSTRAINT),
    // pg_partman: partitions have names of their own.
    CREATE_PARENT(false, Set.of(CREATE), ObjectKind.TABLE, ObjectKind.COLUMN, ObjectKind.CONSTRAINT, ObjectKind.INDEX,
            ObjectKind.TRIGGER, ObjectKind.FUNCTION),
    RUN_MAINTENANCE(false, Set.of(CREATE, DROP), ObjectKind.TABLE, ObjectKind.COLUMN, ObjectKind.CONSTRAINT,
            ObjectKind.INDEX, ObjectKind.TRIGGER),
    // pg_cron
    SCHEDULE,
    UNSCHEDULE;

    private final boolean named;
    private final Set<Action> actions;
    private final Set<ObjectKind> kinds;

    /** It changes nothing that is compared. */
    SchemaFunction() {
        this(false, Set.of());
    }

    /** @param named whether the texts in the call are the names of all that it changes, or of their table */
    SchemaFunction(boolean named, Set<Action> actions, ObjectKind... kinds) {
        this.named = named;
        this.actions = actions;
        this.kinds = kinds.length == 0 ? Set.of() : EnumSet.copyOf(List.of(kinds));
    }

    /** Absent: it is not known. */
    static @Nullable SchemaFunction of(String name) {
        return Arrays.stream(values()).filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst().orElse(null);
    }

    /** @param texts of the call, in order */
    void read(List<String> texts, String statement, Changes.At at) {
        if (!actions.isEmpty()) {
            Set<String> names = new TreeSet<>();
            texts.forEach(text -> names
                    .add(GeneratedNames.truncated(text.substring(text.lastIndexOf('.') + 1).replace("\"", ""))));
            at.unknown(statement, new CalledInDatabase(name().toLowerCase(Locale.ROOT)),
                    new Reach(actions, kinds, named && !names.isEmpty() ? names : null));
        }
    }
}
