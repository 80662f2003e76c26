package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.position.Discrepancy.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a snapshot shows, and whether it is as a revision leaves it. */
final class SnapshotMatcher {

    private static final Pattern WORD = Pattern.compile("[^\\s(),.\"':=<>!+*/|&-]+");

    private final Map<ObjectName, Definition> objects;
    private final Map<ObjectName, Timeline> timelines;
    private final TypeNames types;
    private final DefinitionMatch match;
    private final List<ObjectName> strangeChecks;
    private final Map<ObjectName, @Nullable Kind[]> contradictions = new HashMap<>();
    private @Nullable ImpliedNames impliedNames;

    SnapshotMatcher(SchemaSnapshot schema, TimelineBuilder fold) {
        timelines = fold.timelines();
        types = fold.types();
        match = new DefinitionMatch(types);
        objects = HashMap.newHashMap(schema.objects().size());
        schema.objects().forEach(one -> objects.put(one.object(), one.definition()));
        strangeChecks = objects.keySet().stream()
                .filter(one -> one.kind() == ObjectKind.CONSTRAINT && !isMade(one)
                        && isCheck(objects.get(one)))
                .toList();
    }

    Map<ObjectName, Definition> objects() {
        return objects;
    }

    boolean has(ObjectName object) {
        return objects.containsKey(object);
    }

    private static boolean isCheck(@Nullable Definition definition) {
        return definition instanceof Constraint constraint && constraint.type() == ConstraintType.CHECK;
    }

    /**
     * What is wrong if an object should be as each of its marks leaves it, and before them all as the initial one; absent: nothing, or
     * nothing that can be known. Not to be changed.
     */
    @Nullable
    Kind[] contradictions(Timeline timeline) {
        return contradictions.computeIfAbsent(timeline.object(), object -> {
            List<ObjectState> marks = timeline.marks();
            @Nullable
            Kind[] kinds = new @Nullable Kind[marks.size() + 1];
            kinds[0] = contradiction(object, timeline.initial());
            for (int i = 0; i < marks.size(); i++) {
                kinds[i + 1] = contradiction(object, marks.get(i));
            }
            return kinds;
        });
    }

    private @Nullable Kind contradiction(ObjectName object, ObjectState mark) {
        Definition actual = objects.get(object);
        boolean there = actual != null && DefinitionMatch.isUsable(actual);
        return switch (mark.presence()) {
            case EITHER -> null;
            case ABSENT -> there ? Kind.UNEXPECTED : null;
            case PRESENT -> actual == null || !there
                    ? isExcused(object, mark, actual) ? null : Kind.MISSING
                    : match.matches(mark.definition(), actual) || lacksEnum(object, mark.definition())
                            || lacksFoundation(object, mark.definition())
                                    ? null
                                    : Kind.DIFFERENT;
        };
    }

    /** Whether an object is missing, and nothing else that is missing is to be accused instead. */
    boolean isMissed(ObjectName object, ObjectState mark) {
        return !has(object) && !isExcused(object, mark, null)
                && !impliedNames().hasOther(object, mark.definition());
    }

    /** Whether an object is there and is not as a definition says. */
    boolean differs(ObjectName object, Definition definition) {
        Definition actual = objects.get(object);
        return actual != null && !match.matches(definition, actual);
    }

    /** Whether PostgreSQL or a convention names it, and something that can be it is there. */
    boolean isThereByAnotherName(ObjectName object, ObjectState mark) {
        return mark.shape().impliedName() && impliedNames().isThere(object, mark.definition());
    }

    private boolean isExcused(ObjectName object, ObjectState mark, @Nullable Definition actual) {
        return (actual == null && (isThereByAnotherName(object, mark)
                || hasConventionalName(object, mark.definition())))
                || lacksFoundation(object, certain(object, mark)) || isOtherRelation(object) || isOfConstraint(object)
                || isPartition(mark.definition())
                || (actual == null && impliedNames().isOfParent(object, mark.definition()));
    }

    /** What is certain of an object. Of one that may be older than its revision the columns are not known, but it must exist. */
    private Definition certain(ObjectName object, ObjectState mark) {
        Timeline timeline = timelines.get(object);
        return timeline != null && mark.since() >= 0 && timeline.perhapsOlder().get(mark.since())
                ? mark.sure().definition()
                : mark.definition();
    }

    /** Whether what a script speaks of as a table, and never makes, is a view. */
    private boolean isOtherRelation(ObjectName object) {
        Timeline timeline = timelines.get(object);
        return object.kind() == ObjectKind.TABLE && timeline != null && timeline.creations().isEmpty()
                && hasRelation(object);
    }

    /** Jobs make and drop partitions as time goes by. */
    static boolean isPartition(Definition definition) {
        return definition instanceof Definition.Table table && table.partitionOf() != null;
    }

    /** Whether what a script speaks of as an index, and never makes, belongs to a constraint. */
    private boolean isOfConstraint(ObjectName object) {
        Timeline timeline = timelines.get(object);
        return object.kind() == ObjectKind.INDEX && timeline != null && timeline.creations().isEmpty()
                && impliedNames().isOfConstraint(object);
    }

    /** Collected when they are first asked for, which most histories never do. */
    private ImpliedNames impliedNames() {
        ImpliedNames names = impliedNames == null
                ? new ImpliedNames(objects, match)
                : impliedNames;
        impliedNames = names;
        return names;
    }

    private boolean hasRelation(ObjectName table) {
        return has(table) || PostgresRules.relations(table).stream().anyMatch(this::has);
    }

    /** A naming convention of the project may put something in front of the name that a check is given. */
    private boolean hasConventionalName(ObjectName object, Definition definition) {
        return isCheck(definition)
                && strangeChecks.stream().anyMatch(one -> ConventionalName.isOf(object, one));
    }

    /** Who only drops it may have made it under the name that a convention put into it. */
    private boolean isMade(ObjectName object) {
        Timeline timeline = timelines.get(object);
        return timeline != null && timeline.marks().stream().anyMatch(mark -> mark.presence() == Presence.PRESENT);
    }

    /** Whether what it stands on is not there, which is to be accused instead. */
    private boolean lacksFoundation(ObjectName object, Definition definition) {
        boolean schemaLess = object.kind() == ObjectKind.SCHEMA || object.kind() == ObjectKind.EXTENSION;
        if (!schemaLess && object.schema() != null && missing(
                new ObjectName(ObjectKind.SCHEMA, null, null, object.schema()))) {
            return true;
        }
        ObjectName table = PostgresRules.table(object, definition);
        if (table == null) {
            return false;
        }
        if (!hasRelation(table)) {
            return true;
        }
        if (object.kind() == ObjectKind.COLUMN) {
            return lacksEnum(object, definition);
        }
        return words(definition).anyMatch(word -> missing(table.column(word)))
                || lacksReferenced(definition);
    }

    private boolean lacksEnum(ObjectName object, Definition definition) {
        String type = definition instanceof Column column ? column.type() : null;
        if (type == null) {
            return false;
        }
        List<ObjectName> enums = types.enums(object.schema(), type);
        return enums.stream().anyMatch(timelines::containsKey) && enums.stream().noneMatch(this::has);
    }

    /** All words of expressions, names of columns among them. */
    private static Stream<String> words(Definition definition) {
        return ObjectProperties.expressions(definition)
                .flatMap(expression -> WORD.matcher(expression).results())
                .map(MatchResult::group);
    }

    private boolean lacksReferenced(Definition definition) {
        ObjectName table = PostgresRules.referenced(definition);
        return table != null && missing(table);
    }

    /** Whether something makes it and it is not there. */
    private boolean missing(ObjectName object) {
        return !has(object) && timelines.containsKey(object);
    }
}
