package dev.migrationledger.agent.inference.poll;

import dev.migrationledger.agent.database.observation.Trace;
import dev.migrationledger.agent.inference.RevisionFootprints;
import dev.migrationledger.contracts.event.Attribution.Touch;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Revisions that may have run between two polls, one after the other, held against what became of the schema. Pure.
 *
 * <p>Two polls see what is different and not what happened: a revision may have run and been undone, its row may have been stamped
 * and a later one taken back to it. What a revision surely makes or drops is a sign of it.
 */
final class RevisionPath {

    /** What the signs of one revision say. */
    enum Kind {
        /** All of them are seen, and the transaction that wrote its row made one of them. */
        CERTAIN,
        /** Some of them are seen. */
        SUPPORTED,
        /** It has none that could be seen, or what became of the schema is not known. */
        UNKNOWN,
        /** None of them is seen. */
        CONTRADICTED
    }

    /** @param table of an index; absent: it is none, or its table is not known */
    private record Sign(String revision, Touch touch, @Nullable String table) {}

    private final Function<Footprint, Effects> function;
    private final RevisionGraph graph;
    private final RevisionFootprints footprints;
    private final CatalogEvidence traces;
    private final Map<ObjectName, Sign> signs = new LinkedHashMap<>();
    private boolean whole = true;

    private RevisionPath(List<String> revisions, Function<Footprint, Effects> function, RevisionGraph graph,
            RevisionFootprints footprints, CatalogEvidence traces) {
        this.function = function;
        this.graph = graph;
        this.footprints = footprints;
        this.traces = traces;
        if (traces.difference() != null) {
            revisions.forEach(this::follow);
            signs.keySet().removeIf(object -> !traces.difference().covers(object));
        }
    }

    /** @param revisions parents before children */
    static RevisionPath up(List<String> revisions, RevisionGraph graph, RevisionFootprints footprints,
            CatalogEvidence traces) {
        return new RevisionPath(revisions, Footprint::upgrade, graph, footprints, traces);
    }

    /** @param revisions parents before children */
    static RevisionPath down(List<String> revisions, RevisionGraph graph, RevisionFootprints footprints,
            CatalogEvidence traces) {
        return new RevisionPath(revisions.reversed(), Footprint::downgrade, graph, footprints, traces);
    }

    /** Whether revisions have signs, and not one of them is seen. */
    boolean isContradicted(Collection<String> some) {
        List<Kind> kinds = some.stream().map(this::kind).toList();
        return kinds.contains(Kind.CONTRADICTED) && !kinds.contains(Kind.SUPPORTED);
    }

    /** What speaks for one of the revisions, apart from who wrote its row. */
    Kind kind(String revision) {
        List<ObjectName> own = own(revision);
        long seen = own.stream().filter(this::isSeen).count();
        return seen > 0 ? Kind.SUPPORTED : own.isEmpty() || !whole ? Kind.UNKNOWN : Kind.CONTRADICTED;
    }

    /** The same, known that this transaction wrote its row, or that of a later revision of the path. */
    Kind kind(String revision, Trace trace) {
        List<ObjectName> own = own(revision);
        boolean sure = own.stream().allMatch(this::isSeen) && own.stream().anyMatch(
                object -> isCreated(object) && trace.objects().contains(object)
                        && !isPerhapsMadeByDowngrade(revision, object));
        return sure ? Kind.CERTAIN : kind(revision);
    }

    private List<ObjectName> own(String revision) {
        return signs.entrySet().stream().filter(sign -> sign.getValue().revision.equals(revision))
                .map(Map.Entry::getKey).toList();
    }

    private boolean isSeen(ObjectName object) {
        ObjectChanges difference = Objects.requireNonNull(traces.difference());
        return (isCreated(object) ? difference.created() : difference.dropped()).contains(object);
    }

    private boolean isCreated(ObjectName object) {
        return Objects.requireNonNull(signs.get(object)).touch == Touch.CREATED;
    }

    /** Whether a downgrade from above may have written what stands there: then the row may be what it left. */
    private boolean isPerhapsMadeByDowngrade(String revision, ObjectName object) {
        Set<String> above = graph.descendants(List.of(revision));
        return above.stream().filter(one -> !one.equals(revision)).anyMatch(one -> footprints.of(one)
                .map(footprint -> footprint.downgrade().effects().stream().anyMatch(effect -> touches(effect, object)))
                .orElse(true));
    }

    private boolean touches(Effect effect, ObjectName object) {
        String table = Objects.requireNonNull(signs.get(object)).table;
        return switch (effect) {
            case Effect.Unread unread ->
                unread.reach().covers(Set.of(Action.CREATE, Action.ALTER, Action.RENAME), object,
                        table);
            case Effect.Write _ -> false;
            case Change change -> Stream.of(change.object(), change.lastName()).map(RevisionPath::relation)
                    .anyMatch(one -> one.equals(relation(object)) || one.equals(table));
        };
    }

    private static String relation(ObjectName object) {
        return object.table() == null ? object.name() : object.table();
    }

    private void follow(String revision) {
        Effects effects = footprints.of(revision).map(function).orElse(null);
        if (effects == null) {
            whole = false;
            return;
        }
        whole &= effects.isRead();
        effects.changes().forEach(change -> follow(revision, change));
    }

    private void follow(String revision, Change change) {
        boolean sure = change.condition().isAlways();
        switch (change) {
            case Effect.Create create -> made(revision, create.object(), sure && !create.impliedName(),
                    create.definition() instanceof Definition.Index index && index.table() != null
                            ? index.table().name()
                            : null);
            case Effect.Drop drop -> gone(revision, drop.object(), sure);
            case Effect.Rename rename -> {
                gone(revision, rename.object(), sure);
                made(revision, rename.to(), sure, null);
            }
            case Effect.Alter _,Effect.Write _ -> {
                // Nobody sees by a name what was altered to what.
            }
        }
    }

    private void made(String revision, ObjectName name, boolean sure, @Nullable String table) {
        ObjectName object = resolved(name);
        // What was dropped and made again may look as it did.
        Sign before = signs.remove(object);
        if (sure && before == null && isFoundByName(object)) {
            signs.put(object, new Sign(revision, Touch.CREATED, table));
        }
    }

    private void gone(String revision, ObjectName name, boolean sure) {
        ObjectName object = resolved(name);
        signs.keySet().removeIf(part -> !part.equals(object) && object.holds(part));
        Sign before = signs.remove(object);
        if (sure && before == null && isFoundByName(object)) {
            signs.put(object, new Sign(revision, Touch.DROPPED, null));
        }
    }

    private ObjectName resolved(ObjectName name) {
        return name.resolved(Objects.requireNonNull(traces.difference()).defaultSchema());
    }

    /** Whether a script and PostgreSQL call it the same. */
    private static boolean isFoundByName(ObjectName object) {
        return switch (object.kind()) {
            case TABLE, COLUMN, INDEX, VIEW, MATERIALIZED_VIEW, ENUM -> true;
            case SCHEMA, EXTENSION, CONSTRAINT, SEQUENCE, DOMAIN, TYPE, FUNCTION, TRIGGER, POLICY -> false;
        };
    }
}
