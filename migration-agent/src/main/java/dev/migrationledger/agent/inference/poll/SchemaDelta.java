package dev.migrationledger.agent.inference.poll;

import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.Attribution.Touch;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.text.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a poll says about the schema, beside what was known of it. Pure.
 *
 * @param changed whether it differs from what it was at the last poll, as far as can be said
 * @param touched what differs, each object by name; empty where that cannot be said
 * @param difference the same as it is compared with scripts; absent where it cannot be said
 * @param known what is known of it now; absent: nothing
 * @param events what has to be published
 */
public record SchemaDelta(
        boolean changed, List<TouchedObject> touched, @Nullable ObjectChanges difference,
        @Nullable SchemaBaseline known,
        List<SchemaObserved> events) {
    public SchemaDelta {
        touched = List.copyOf(touched);
        events = List.copyOf(events);
    }

    /**
     * What a poll says.
     *
     * @param lastMark that the schema had at the last observation; absent: this one cannot be compared with it
     * @param known what was read last; absent: nothing
     * @param published fingerprint that was published; absent: nothing
     * @param scope the schemas that are watched
     */
    public static SchemaDelta of(
            @Nullable Fingerprint lastMark, @Nullable SchemaBaseline known, @Nullable Fingerprint published,
            Observation observation,
            List<String> scope) {
        boolean marked = lastMark != null && lastMark.differsFrom(observation.mark());
        return switch (observation.schema()) {
            case SchemaObservation.AsKnown _ -> new SchemaDelta(false, List.of(),
                    lastMark == null || known == null
                            ? null
                            : difference(SchemaBaseline.Change.NONE, scope, observation),
                    known,
                    List.of());
            case SchemaObservation.Unread _ -> new SchemaDelta(marked, List.of(), null, known, List.of());
            case SchemaObservation.Read read -> {
                SchemaBaseline now = SchemaBaseline.of(read.snapshot(), observation.mark(), observation.database(),
                        scope);
                boolean comparable = lastMark != null && known != null && known.isComparable()
                        && !known.database().differsFrom(observation.database()) && known.scope().equals(scope);
                SchemaBaseline.Change change = SchemaBaseline.between(known, read.snapshot());
                boolean differs = known != null && !change.isEmpty();
                // Published in another form: publish the whole schema again. That is no change.
                List<SchemaObserved> events = published == null || !published.isComparableTo(now.fingerprint())
                        ? SchemaBaseline.published(SchemaBaseline.between(null, read.snapshot()), now.fingerprint(),
                                null,
                                observation.defaultSchema())
                        : published.equals(now.fingerprint())
                                ? List.of()
                                : SchemaBaseline.published(change, now.fingerprint(), published,
                                        observation.defaultSchema());
                yield new SchemaDelta(
                        comparable ? differs : known == null && marked,
                        comparable && differs ? touched(change) : List.of(),
                        comparable ? difference(change, scope, observation) : null, now, events);
            }
        };
    }

    private static ObjectChanges difference(SchemaBaseline.Change change, List<String> scope, Observation observation) {
        return new ObjectChanges(change.created().stream().map(SchemaObject::object).collect(Collectors.toSet()),
                Set.copyOf(change.dropped()), scope, observation.defaultSchema());
    }

    private static List<TouchedObject> touched(SchemaBaseline.Change change) {
        List<TouchedObject> touched = new ArrayList<>();
        change.created().forEach(object -> touched.add(touched(Touch.CREATED, object.object())));
        change.altered().forEach(object -> touched.add(touched(Touch.ALTERED, object.object())));
        change.dropped().forEach(object -> touched.add(touched(Touch.DROPPED, object)));
        return touched;
    }

    private static TouchedObject touched(Touch touch, ObjectName object) {
        String kind = switch (object.kind()) {
            case COLUMN -> "table column";
            case CONSTRAINT -> "table constraint";
            case ENUM, DOMAIN, TYPE -> "type";
            case MATERIALIZED_VIEW -> "materialized view";
            case SCHEMA, EXTENSION, TABLE, INDEX, SEQUENCE, VIEW, FUNCTION, TRIGGER, POLICY ->
                object.kind().name().toLowerCase(Locale.ROOT);
        };
        boolean onTable = object.table() != null && object.kind() != ObjectKind.COLUMN;
        return new TouchedObject(touch, kind, onTable
                ? object.name() + " on " + ObjectName.table(object.schema(), String.valueOf(object.table())).dotted()
                : object.dotted());
    }
}
