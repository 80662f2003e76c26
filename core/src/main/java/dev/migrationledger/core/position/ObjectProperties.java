package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.Aspect;
import dev.migrationledger.contracts.footprint.Alteration.Commented;
import dev.migrationledger.contracts.footprint.Alteration.DefaultSet;
import dev.migrationledger.contracts.footprint.Alteration.IdentitySet;
import dev.migrationledger.contracts.footprint.Alteration.InheritanceSet;
import dev.migrationledger.contracts.footprint.Alteration.NotCompared;
import dev.migrationledger.contracts.footprint.Alteration.NullableSet;
import dev.migrationledger.contracts.footprint.Alteration.OwnerSet;
import dev.migrationledger.contracts.footprint.Alteration.PartitionSet;
import dev.migrationledger.contracts.footprint.Alteration.TimingSet;
import dev.migrationledger.contracts.footprint.Alteration.TriggerSet;
import dev.migrationledger.contracts.footprint.Alteration.TypeChanged;
import dev.migrationledger.contracts.footprint.Alteration.Unknown;
import dev.migrationledger.contracts.footprint.Alteration.Validated;
import dev.migrationledger.contracts.footprint.Alteration.ValueAdded;
import dev.migrationledger.contracts.footprint.Alteration.ValueRenamed;
import dev.migrationledger.contracts.footprint.Alteration.ValuesSet;
import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Action;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.CompositeType;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.Domain;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.Definition.Extension;
import dev.migrationledger.contracts.schema.Definition.Function;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Policy;
import dev.migrationledger.contracts.schema.Definition.Schema;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.Definition.Timing;
import dev.migrationledger.contracts.schema.Definition.Trigger;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of an object after something was done to it. */
final class ObjectProperties {

    private ObjectProperties() {}

    /** After changes that are certain to have happened, or not. */
    static Definition altered(Definition before, List<Alteration> changes, boolean certain) {
        Definition after = before;
        for (Alteration change : changes) {
            after = altered(after, change, certain);
        }
        return after;
    }

    private static Definition altered(Definition before, Alteration change, boolean certain) {
        return switch (change) {
            case TypeChanged type when before instanceof Column column ->
                withType(column, type.type(), type.collation(), certain);
            case NullableSet nullable when before instanceof Column column ->
                column.withNullable(either(column.nullable(), nullable.nullable(), certain));
            case DefaultSet value when before instanceof Column column ->
                withDefault(column, value.expression() == null
                        ? column.withHasDefault(false)
                        : column.withDefault(value.expression()), certain);
            case IdentitySet identity when before instanceof Column column ->
                withDefault(column, identity.identity() == null
                        ? column.withHasDefault(false)
                        : column.withIdentity(identity.identity()), certain);
            case ValueAdded added when before instanceof EnumType type -> added(type, added.value(), certain);
            case ValueRenamed renamed when before instanceof EnumType type -> renamed(type, renamed, certain);
            case ValuesSet set when before instanceof EnumType type -> certain
                    ? EnumType.of(set.values())
                    : new EnumType(either(type.values(), set.values(), false), null, null);
            case OwnerSet owner when before instanceof Sequence sequence ->
                sequence.withOwner(either(sequence.owner(), owner.column(), certain));
            case Validated _ when before instanceof Constraint constraint ->
                constraint.withValidated(either(constraint.validated(), true, certain));
            case TimingSet set when before instanceof Constraint constraint ->
                constraint.withTiming(either(constraint.timing(), set.timing(), certain));
            case TriggerSet trigger when before instanceof Trigger known ->
                new Trigger(either(known.state(), trigger.state(), certain), known.details());
            case PartitionSet set when before instanceof Table table ->
                table.withPartitionOf(either(table.partitionOf(), set.parent(), certain)).opened();
            case InheritanceSet set when before instanceof Table table -> inheriting(table, set, certain);
            case Unknown unknown -> without(before, unknown.what());
            case TypeChanged _,NullableSet _,DefaultSet _,IdentitySet _,ValueAdded _,ValueRenamed _,ValuesSet _,OwnerSet _,Validated _,TimingSet _,TriggerSet _,PartitionSet _,InheritanceSet _,Commented _,NotCompared _ ->
                before;
        };
    }

    /** Of a type whose collation is not known nothing is known. */
    private static Column withType(Column column, @Nullable String type, @Nullable String collation, boolean certain) {
        return certain || (Objects.equals(column.type(), type) && Objects.equals(column.collation(), collation))
                ? column.withType(type, collation)
                : column.withType(null);
    }

    private static Table inheriting(Table table, InheritanceSet set, boolean certain) {
        List<ObjectName> parents = new ArrayList<>(list(table.inherits()));
        parents.remove(set.parent());
        if (set.inherits() || !certain) {
            parents.add(set.parent());
        }
        return table.withInherits(parents).opened();
    }

    /** What is known if a change may not have happened. */
    private static <T> @Nullable T either(@Nullable T before, @Nullable T after, boolean certain) {
        return certain || Objects.equals(before, after) ? after : null;
    }

    /** Whether a column has a default, an identity or an expression; absent: it is not known. */
    static @Nullable Boolean hasDefault(Column column) {
        boolean known = column.defaultValue() != null || column.identity() != null || column.generated() != null;
        return known ? Boolean.TRUE : column.hasDefault();
    }

    /** The default of the other column or, where that is not certain, what both have in common. */
    private static Column withDefault(Column column, Column other, boolean certain) {
        Column changed = column.withDefaultOf(other);
        return certain || changed.equals(column)
                ? changed
                : column.withHasDefault(either(hasDefault(column), hasDefault(other), false));
    }

    private static Definition without(Definition before, Aspect what) {
        return switch (before) {
            case Column column -> switch (what) {
                case TYPE -> column.withType(null);
                case NULLABLE -> column.withNullable(null);
                case DEFAULT -> column.withHasDefault(null);
                case ANYTHING -> Column.UNKNOWN;
            };
            case EnumType _ -> what == Aspect.ANYTHING ? EnumType.UNKNOWN : before;
            case Definition.StoredQuery view -> Definition.unknown(view.kind());
            // Nothing else of a constraint can be changed.
            case Constraint constraint -> constraint.withTiming(null);
            case Schema _,Extension _,Table _,Index _,Sequence _,Domain _,CompositeType _,Function _,Trigger _,Policy _ ->
                before;
        };
    }

    private static Definition added(EnumType type, String value, boolean certain) {
        List<String> values = type.values();
        if (values == null) {
            return certain ? having(type, value) : type;
        }
        if (values.contains(value)) {
            return type;
        }
        List<String> more = new ArrayList<>(certain ? values : list(type.perhaps()));
        if (!more.contains(value)) {
            more.add(value);
        }
        return certain
                ? new EnumType(more, type.perhaps(), type.open())
                : new EnumType(values, more, type.open());
    }

    /** An enum whose other values are not known. */
    private static Definition having(EnumType type, String value) {
        return new EnumType(List.of(value), type.perhaps(), true);
    }

    private static Definition renamed(EnumType type, ValueRenamed renamed, boolean certain) {
        if (certain && type.values() == null) {
            return having(type, renamed.to());
        }
        return certain
                ? new EnumType(mapped(type.values(), renamed.value(), renamed.to()),
                        mapped(type.perhaps(), renamed.value(), renamed.to()), type.open())
                : new EnumType(null, type.perhaps(), type.open());
    }

    /** What is known of an object that is as one of two says. */
    static Definition common(Definition one, Definition other) {
        return switch (one) {
            case Column column -> other instanceof Column second ? common(column, second) : Column.UNKNOWN;
            case Schema _,Extension _,Table _,Constraint _,Index _,Sequence _,EnumType _,Domain _,CompositeType _,Definition.StoredQuery _,Function _,Trigger _,Policy _ ->
                one.equals(other) ? one : Definition.unknown(one.kind());
        };
    }

    private static Column common(Column one, Column other) {
        Column known = new Column(one.type(), one.collation(), either(one.nullable(), other.nullable(), false),
                either(one.unchecked(), other.unchecked(), false), one.defaultValue(), one.identity(),
                one.generated(), one.hasDefault());
        return withDefault(withType(known, other.type(), other.collation(), false), other, false);
    }

    /** Whatever of an index or constraint names columns. */
    static Stream<String> expressions(Definition definition) {
        return switch (definition) {
            case Index index -> Stream.concat(list(index.columns()).stream(), Stream.ofNullable(index.where()));
            case Constraint constraint ->
                Stream.concat(list(constraint.columns()).stream(), Stream.ofNullable(constraint.expression()));
            case Sequence sequence -> Stream.ofNullable(sequence.owner()).map(ObjectName::name);
            case Schema _,Extension _,Table _,Column _,EnumType _,Domain _,CompositeType _,Definition.StoredQuery _,Function _,Trigger _,Policy _ ->
                Stream.of();
        };
    }

    static @Nullable List<String> mapped(@Nullable List<String> list, String from, String to) {
        return list == null ? null : list.stream().map(one -> one.equals(from) ? to : one).toList();
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /**
     * How an object should be, as people say it; absent: nothing is known.
     *
     * @param found what it is: only what this has more is said not to be there
     */
    static @Nullable String words(Definition definition, @Nullable Definition found) {
        return switch (definition) {
            case Column column -> words(column, found instanceof Column real && Boolean.TRUE.equals(hasDefault(real)));
            case EnumType type -> type.values() == null
                    ? null
                    : (Boolean.TRUE.equals(type.open()) ? "with " : "") + CanonicalText.of(EnumType.of(type.values()));
            case Constraint constraint -> constraint.columns() == null
                    ? null
                    : words(constraint, found instanceof Constraint real ? real : constraint);
            case Index index -> index.columns() == null
                    ? null
                    : words(index, found instanceof Index real ? real : index);
            case Definition.StoredQuery view ->
                words(view.columns(), found instanceof Definition.StoredQuery real ? real.columns() : null);
            case Trigger trigger -> trigger.state() == null ? null : trigger.state().name().toLowerCase(Locale.ROOT);
            case Table table -> table.inherits() == null
                    ? null
                    : CanonicalText.of(Table.UNKNOWN.withInherits(table.inherits()));
            case Domain domain -> domain.type();
            case Schema _,Extension _,Sequence _,CompositeType _,Function _,Policy _ -> null;
        };
    }

    private static @Nullable String words(Column column, boolean sayNone) {
        String nullable = column.nullable() == null || (column.nullable() && column.type() != null)
                ? ""
                : column.nullable() ? "NULL" : "NOT NULL";
        String value = column.defaultValue() != null
                ? "DEFAULT " + column.defaultValue()
                : column.identity() != null
                        ? "GENERATED " + column.identity() + " AS IDENTITY"
                        : column.generated() != null
                                ? "GENERATED"
                                : column.hasDefault() == null
                                        ? ""
                                        : column.hasDefault() ? "with a default" : sayNone ? "without a default" : "";
        String words = Stream.of(Objects.requireNonNullElse(column.type(), ""), nullable, value)
                .filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
        return words.isEmpty() ? null : words;
    }

    /** @param found columns of the view that is there, which has another query where they are the same */
    private static @Nullable String words(@Nullable List<String> columns, @Nullable List<String> found) {
        if (columns == null) {
            return found == null ? null : "another query";
        }
        return columns.equals(found)
                ? "a view of the same columns with another query"
                : "(" + String.join(", ", columns) + ")";
    }

    private static String words(Index index, Index found) {
        boolean method = !Objects.equals(index.method(), found.method()) && index.method() != null;
        boolean partial = index.where() != null && found.where() == null;
        return (Boolean.TRUE.equals(index.unique()) ? "unique (" : "(")
                + String.join(", ", ObjectProperties.list(index.columns())) + ")"
                + (method ? " USING " + index.method() : "") + (partial ? " WHERE " + index.where() : "");
    }

    private static String words(Constraint constraint, Constraint found) {
        return ((constraint.type() == null ? "" : constraint.type().words())
                + " (" + String.join(", ", list(constraint.columns())) + ")"
                + (constraint.references() == null ? "" : " to " + constraint.references().dotted())
                + (CheckLiterals.differ(constraint.expression(), found.expression())
                        ? " " + constraint.expression()
                        : "")
                + words(" ON UPDATE ", constraint.onUpdate(), found.onUpdate())
                + words(" ON DELETE ", constraint.onDelete(), found.onDelete())
                + (constraint.timing() == null
                        ? ""
                        : constraint.timing() == Timing.IMMEDIATE && found.timing() != null
                                && found.timing() != Timing.IMMEDIATE ? " NOT DEFERRABLE" : constraint.timing().sql()))
                .strip();
    }

    /** What goes without saying is said where the other does something. */
    private static String words(String event, @Nullable Action action, @Nullable Action found) {
        if (action == null || (action == Action.NO_ACTION && (found == null || found == action))) {
            return "";
        }
        return event + action.sql();
    }
}
