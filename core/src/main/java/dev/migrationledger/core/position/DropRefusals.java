package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.CompositeType;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Domain;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.Definition.Extension;
import dev.migrationledger.contracts.schema.Definition.Function;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Policy;
import dev.migrationledger.contracts.schema.Definition.Schema;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.Definition.StoredQuery;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.Definition.Trigger;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.position.DropRefusal.Need;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why PostgreSQL refuses to drop an object of a live schema without CASCADE. Only what surely refuses is named. */
public record DropRefusals(SchemaSnapshot snapshot) {

    private static final Set<ConstraintType> WITH_INDEX = EnumSet.of(ConstraintType.PRIMARY_KEY, ConstraintType.UNIQUE,
            ConstraintType.EXCLUDE);

    private static final String EXECUTES = " EXECUTE FUNCTION ";

    private static final Pattern SEQUENCE = Pattern.compile("nextval\\('([^']+)'::regclass\\)");
    private static final Pattern RETURNS = Pattern.compile("(?:AGGREGATE )?RETURNS (?:SETOF )?(.+) LANGUAGE .*",
            Pattern.DOTALL);

    /** Each object that surely refuses, in the order of the snapshot. */
    public Stream<DropRefusal> of(ObjectName dropped) {
        SnapshotKey key = key(dropped);
        return isAmbiguous(dropped)
                ? Stream.empty()
                : snapshot.objects().stream().flatMap(it -> {
                    Need need = need(dropped, key, it);
                    return need == null || isPartOfChild(it.object())
                            ? Stream.empty()
                            : Stream.of(new DropRefusal(it.object(), need,
                                    PostgresRules.containers(it.object(), it.definition())));
                });
    }

    private @Nullable Need need(ObjectName dropped, @Nullable SnapshotKey key, SchemaObject other) {
        Definition definition = other.definition();
        return switch (dropped.kind()) {
            case TABLE, VIEW, MATERIALIZED_VIEW -> pointsTo(dropped, other)
                    ? Need.POINTS_TO
                    : reads(dropped, other) ? Need.READS : inherits(dropped, definition) ? Need.INHERITS : null;
            case COLUMN -> pointsTo(dropped, other) ? Need.POINTS_TO : reads(dropped, other) ? Need.READS : null;
            case CONSTRAINT -> key != null && reliesOn(key, definition) ? Need.RELIES_ON : null;
            case INDEX -> owns(other, dropped)
                    ? Need.OWNS
                    : key != null && reliesOn(key, definition) ? Need.RELIES_ON : null;
            case SEQUENCE -> countsWith(dropped, definition) ? Need.COUNTS_WITH : null;
            case ENUM, DOMAIN, TYPE -> types(other).anyMatch(type -> isNamed(dropped, type)) ? Need.HAS_TYPE : null;
            case FUNCTION -> calls(dropped, definition) ? Need.CALLS : null;
            case SCHEMA -> liesIn(dropped, other) ? Need.LIES_IN : null;
            case EXTENSION, TRIGGER, POLICY -> null;
        };
    }

    /** What a table has goes with it, and so does a foreign key with a column of its own. */
    private static boolean pointsTo(ObjectName dropped, SchemaObject other) {
        if (!(other.definition() instanceof Constraint key) || key.references() == null) {
            return false;
        }
        ObjectName own = PostgresRules.tableOf(other.object());
        if (dropped.kind() != ObjectKind.COLUMN) {
            return key.references().equals(dropped) && !own.equals(dropped);
        }
        ObjectName table = PostgresRules.tableOf(dropped);
        return key.references().equals(table) && ObjectProperties.list(key.referenced()).contains(dropped.name())
                && !(own.equals(table) && ObjectProperties.list(key.columns()).contains(dropped.name()));
    }

    private static boolean reads(ObjectName dropped, SchemaObject other) {
        List<ObjectName> uses = PostgresRules.uses(other.definition());
        return uses != null && uses.stream().anyMatch(use -> use.equals(dropped)
                || (PostgresRules.isRelation(dropped.kind()) && PostgresRules.asTable(dropped).holds(use)));
    }

    /** Partitions go along. */
    private static boolean inherits(ObjectName dropped, Definition definition) {
        return definition instanceof Table child && child.inherits() != null && child.inherits().contains(dropped);
    }

    /** Absent if the object is not a key, or if another key has the same columns: only the catalogs know which of the two a foreign key uses. */
    private @Nullable SnapshotKey key(ObjectName dropped) {
        SnapshotKey key = snapshot.objects().stream().filter(it -> it.object().equals(dropped)).findFirst()
                .map(SnapshotKey::of).orElse(null);
        boolean alone = key != null && isNoChild(key.table())
                && snapshot.objects().stream().filter(it -> key.equals(SnapshotKey.of(it))).count() == 1;
        return alone ? key : null;
    }

    private static boolean reliesOn(SnapshotKey key, Definition definition) {
        return definition instanceof Constraint foreign && key.table().equals(foreign.references())
                && foreign.referenced() != null && Set.copyOf(foreign.referenced()).equals(key.columns());
    }

    private static boolean owns(SchemaObject other, ObjectName index) {
        return other.definition() instanceof Constraint constraint && WITH_INDEX.contains(constraint.type())
                && PostgresRules.indexOf(other.object()).equals(index);
    }

    private static boolean countsWith(ObjectName sequence, Definition definition) {
        return definition instanceof Column column && column.defaultValue() != null
                && SEQUENCE.matcher(column.defaultValue()).results()
                        .anyMatch(found -> isNamed(sequence, found.group(1)));
    }

    /** The types that an object uses, as far as its definition or its name says so. */
    private static Stream<String> types(SchemaObject other) {
        String name = other.object().name();
        return switch (other.definition()) {
            case Column column -> Stream.ofNullable(column.type());
            case Domain domain -> Stream.ofNullable(domain.type());
            case CompositeType type -> type.details() == null || type.details().contains("\"")
                    ? Stream.empty()
                    : Stream.of(type.details().replaceAll("^\\(|\\)$", "").split(", "))
                            .map(part -> part.replaceFirst("^\\S+ ", "").replaceFirst(" COLLATE .*", ""));
            case Function function -> name.contains("\"") || !name.endsWith(")")
                    ? Stream.empty()
                    : Stream.concat(
                            Stream.of(name.substring(name.indexOf('(') + 1, name.length() - 1).split(", ")),
                            RETURNS.matcher(Objects.requireNonNullElse(function.details(), "")).results()
                                    .map(found -> found.group(1)));
            case Schema _,Extension _,Table _,Constraint _,Index _,Sequence _,EnumType _,StoredQuery _,Trigger _,Policy _ ->
                Stream.empty();
        };
    }

    /** Only what the server brings along is named without its schema. */
    private static boolean isNamed(ObjectName object, String text) {
        return text.replace("[]", "").replace("\"", "").equals(object.schema() + "." + object.name());
    }

    private static boolean calls(ObjectName function, Definition definition) {
        String details = definition instanceof Trigger trigger ? trigger.details() : null;
        int executes = details == null ? -1 : details.indexOf(EXECUTES);
        return details != null && executes >= 0 && executes == details.lastIndexOf(EXECUTES)
                && details.substring(executes + EXECUTES.length()).replace("\"", "")
                        .startsWith(function.schema() + "." + function.nameWithoutArguments().replace("\"", "") + "(");
    }

    /** What goes with another object may be gone already. */
    private static boolean liesIn(ObjectName schema, SchemaObject other) {
        boolean alone = switch (other.definition()) {
            case Index _ -> false;
            case Sequence sequence -> sequence.owner() == null;
            case Table table -> table.partitionOf() == null;
            case Schema _,Extension _,Column _,Constraint _,EnumType _,Domain _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ ->
                other.object().table() == null;
        };
        return alone && !other.object().equals(schema) && schema.holds(other.object());
    }

    /** Only a function without arguments can be a trigger's; a script that names none may mean another one. */
    private boolean isAmbiguous(ObjectName dropped) {
        return dropped.kind() == ObjectKind.FUNCTION && !dropped.name().endsWith("()") && (dropped.name().endsWith(")")
                || snapshot.objects().stream().filter(it -> isSameFunction(it.object(), dropped)).count() != 1);
    }

    private static boolean isSameFunction(ObjectName one, ObjectName other) {
        return one.kind() == ObjectKind.FUNCTION && Objects.equals(one.schema(), other.schema())
                && one.nameWithoutArguments().equals(other.nameWithoutArguments());
    }

    /** What a partition or child has may go with the table above. */
    private boolean isPartOfChild(ObjectName object) {
        return object.table() != null && !isNoChild(PostgresRules.tableOf(object));
    }

    private boolean isNoChild(ObjectName name) {
        return snapshot.objects().stream().anyMatch(it -> it.object().equals(name)
                && it.definition() instanceof Table table && PostgresRules.parents(table).isEmpty());
    }
}
