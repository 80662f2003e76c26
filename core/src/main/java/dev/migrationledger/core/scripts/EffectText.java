package dev.migrationledger.core.scripts;

import dev.migrationledger.contracts.footprint.Alteration;
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
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Location;
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
import dev.migrationledger.contracts.schema.Definition.StoredQuery;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.Definition.Timing;
import dev.migrationledger.contracts.schema.Definition.Trigger;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An effect in one line, such as {@code create column public.orders.total: bigint, not null}. */
public final class EffectText {

    private EffectText() {}

    public static String of(Effect effect) {
        return switch (effect) {
            case Unread unread -> "unknown, %s: %s: %s".formatted(
                    place(unread.location()), ReasonText.of(unread.reason()), unread.expression());
            case Change change -> condition(change.condition()) + word(change.action()) + " " + object(change.object())
                    + details(change);
        };
    }

    private static String place(Location location) {
        return location.file() == null
                ? "line " + location.line()
                : "line %d (%s, line %d)".formatted(location.line(), location.file(), location.fileLine());
    }

    private static String condition(Condition condition) {
        String of = condition.object() == null ? "" : object(condition.object()) + " ";
        return switch (condition.when()) {
            case ALWAYS -> "";
            case UNLESS_THERE -> of.isEmpty() ? "if missing: " : "if " + of + "is missing: ";
            case REPLACING -> "replacing what is there: ";
            case IF_THERE -> of.isEmpty() ? "if there: " : "if " + of + "is there: ";
            case PERHAPS -> "perhaps ";
        };
    }

    private static String object(ObjectName object) {
        return object.kind().words() + " " + object.dotted();
    }

    private static String details(Change change) {
        return switch (change) {
            case Create create -> list(definition(create.definition()));
            case Alter alter -> list(alter.changes().stream().map(EffectText::change));
            case Rename rename -> " to " + rename.to().dotted();
            case Drop drop -> drop.cascade() ? ", and what depends on it" : "";
            case Write _ -> "";
        };
    }

    private static String list(Stream<String> details) {
        String joined = details.filter(detail -> !detail.isEmpty()).collect(Collectors.joining(", "));
        return joined.isEmpty() ? "" : ": " + joined;
    }

    private static Stream<String> definition(Definition definition) {
        return switch (definition) {
            case Column column -> Stream.of(
                    or(column.type()), with("collate", column.collation()),
                    Boolean.FALSE.equals(column.nullable()) ? "not null" : "",
                    with("default", column.defaultValue()), with("identity", column.identity()),
                    with("generated", column.generated()));
            case Constraint constraint -> Stream.of(
                    constraint.type() == null ? "" : constraint.type().words(), with("columns", constraint.columns()),
                    with("references", dotted(constraint.references())), action("on update", constraint.onUpdate()),
                    action("on delete", constraint.onDelete()), or(constraint.expression()),
                    constraint.timing() == null || constraint.timing() == Timing.IMMEDIATE
                            ? ""
                            : word(constraint.timing()),
                    Boolean.FALSE.equals(constraint.validated()) ? "not validated" : "", or(constraint.details()));
            case Index index -> Stream.of(
                    Boolean.TRUE.equals(index.unique()) ? "unique" : "", with("table", dotted(index.table())),
                    with("columns", index.columns()), with("method", index.method()), with("where", index.where()));
            case EnumType type -> Stream.of(with("values", type.values()));
            case Sequence sequence -> Stream.of(with("owned by", dotted(sequence.owner())));
            case Domain domain -> Stream.of(or(domain.type()));
            case Table table -> Stream.of(with("partition by", table.partitionBy()),
                    with("partition of", dotted(table.partitionOf())),
                    with("inherits", table.inherits() == null
                            ? null
                            : table.inherits().stream().map(ObjectName::dotted).toList()),
                    table.source() == null
                            ? ""
                            : with(table.source().including() == null ? "from" : "like",
                                    dotted(table.source().table())));
            case Schema _,Extension _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ -> Stream.of();
        };
    }

    private static String change(Alteration change) {
        return switch (change) {
            case TypeChanged type -> type.type() + (type.collation() == null ? "" : " collate " + type.collation());
            case NullableSet nullable -> nullable.nullable() ? "null" : "not null";
            case DefaultSet value -> value.expression() == null ? "no default" : "default " + value.expression();
            case IdentitySet identity ->
                identity.identity() == null ? "no identity" : "identity " + identity.identity();
            case ValueAdded added -> "new value " + added.value()
                    + (added.before() == null ? "" : " before " + added.before())
                    + (added.after() == null ? "" : " after " + added.after());
            case ValueRenamed renamed -> "value " + renamed.value() + " becomes " + renamed.to();
            case ValuesSet set -> "values " + String.join(", ", set.values());
            case OwnerSet owner -> owner.column() == null ? "owned by none" : "owned by " + owner.column().dotted();
            case TriggerSet trigger -> word(trigger.state());
            case Validated _ -> "validated";
            case TimingSet set -> set.timing() == Timing.IMMEDIATE
                    ? "not deferrable"
                    : set.timing().sql().strip().toLowerCase(Locale.ROOT);
            case PartitionSet partition -> partition.parent() == null
                    ? "no partition any more"
                    : "partition of " + partition.parent().dotted();
            case InheritanceSet set -> (set.inherits() ? "inherits " : "no longer inherits ") + set.parent().dotted();
            case Commented comment -> comment.text().isEmpty() ? "no comment" : "comment " + comment.text();
            case NotCompared unseen -> unseen.text();
            case Unknown unknown -> "changed " + unknown.text();
        };
    }

    private static String action(String event, @Nullable Action action) {
        return action == null || action == Action.NO_ACTION ? "" : event + " " + word(action);
    }

    private static String or(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static @Nullable String dotted(@Nullable ObjectName object) {
        return object == null ? null : object.dotted();
    }

    private static String with(String name, @Nullable String value) {
        return value == null ? "" : name + " " + value;
    }

    private static String with(String name, @Nullable Collection<String> values) {
        return values == null ? "" : name + " " + String.join(", ", values);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
