package dev.migrationledger.testsupport.schema;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.Definition.TriggerState;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Effects drawn by hand, at line 1, with what is known of their objects as texts by name. */
public final class Sketch {

    private static final Location HERE = Location.line(1);

    private static final Pattern LITERAL = Pattern.compile("'([^']*)'");
    private static final Pattern INDEX = Pattern.compile(
            "(UNIQUE )?ON (\\w+)\\.(\\w+) USING btree \\((.*?)\\)( INVALID)?");

    private Sketch() {}

    public static Change create(ObjectName object, Map<String, String> known) {
        return new Create(object, definition(object, known), "implied".equals(known.get("name")), Condition.ALWAYS,
                HERE);
    }

    public static Change alter(ObjectName object, Map<String, String> known) {
        return new Alter(object, changes(known), Condition.ALWAYS, HERE);
    }

    public static Change rename(ObjectName object, ObjectName to) {
        return new Rename(object, to, Condition.ALWAYS, HERE);
    }

    public static Change drop(ObjectName object) {
        return new Drop(object, false, Condition.ALWAYS, HERE);
    }

    public static Change write(ObjectName table) {
        return new Write(table, Condition.ALWAYS, HERE);
    }

    /** A call of something that is defined elsewhere. */
    public static Unread unread(String expression) {
        return new Unread(expression, new UnknownOperation(Part.CALLEE_ELSEWHERE), null, HERE);
    }

    public static Definition definition(ObjectName object, Map<String, String> known) {
        return switch (object.kind()) {
            case COLUMN -> Column.of(known.get("type"), truth(known.get("nullable")));
            case CONSTRAINT ->
                Constraint.UNKNOWN.withType(type(known.get("kind"))).withColumns(list(known.get("columns")))
                        .withReferences(table(known.get("references"))).withExpression(known.get("expression"))
                        .withValidated(truth(known.get("validated")));
            case TRIGGER -> new Definition.Trigger(TriggerState.ENABLED, null);
            case INDEX -> Index.of(table(known.get("table")), list(known.get("columns")), truth(known.get("unique")));
            case SEQUENCE -> Sequence.ownedBy(owner(known.get("ownedBy")));
            case TABLE -> new Definition.Table(null, null, null, table(known.get("partitionOf")), null, null,
                    truth(known.get("open")), null);
            case ENUM -> EnumType.of(list(known.get("values")));
            default -> Definition.unknown(object.kind());
        };
    }

    private static List<Alteration> changes(Map<String, String> known) {
        List<Alteration> changes = new ArrayList<>();
        known.forEach((name, value) -> changes.add(switch (name) {
            case "type" -> new Alteration.TypeChanged(value);
            case "nullable" -> new Alteration.NullableSet(Boolean.parseBoolean(value));
            case "addedValue" -> new Alteration.ValueAdded(value, null, null);
            case "partitionOf" -> new Alteration.PartitionSet(value.isEmpty() ? null : table(value));
            case "validated" -> new Alteration.Validated();
            case "state" -> new Alteration.TriggerSet(TriggerState.valueOf(value));
            case "ownedBy" -> new Alteration.OwnerSet(owner(value));
            default -> throw new IllegalArgumentException("nothing changes by " + name);
        }));
        return changes;
    }

    private static @Nullable ConstraintType type(@Nullable String words) {
        return words == null ? null : ConstraintType.valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    private static @Nullable Boolean truth(@Nullable String word) {
        return word == null ? null : Boolean.valueOf(word);
    }

    private static @Nullable List<String> list(@Nullable String joined) {
        return joined == null ? null : List.of(joined.split(", "));
    }

    private static @Nullable ObjectName table(@Nullable String name) {
        return name == null ? null : ObjectName.table(null, name);
    }

    /** Empty: none. */
    private static @Nullable ObjectName owner(@Nullable String dotted) {
        return dotted == null || dotted.isEmpty()
                ? null
                : ObjectName.column(null, dotted.substring(0, dotted.indexOf('.')),
                        dotted.substring(dotted.indexOf('.') + 1));
    }

    /** An object of a database, of whose definition enough is understood to hold it against a script. */
    public static SchemaObject live(ObjectName object, String text) {
        return new SchemaObject(object, switch (object.kind()) {
            case TABLE -> new Definition.Table(text, null, null, relation(object, text, "partition of "), null,
                    relation(object, text, "inherits ") == null ? null : List.of(relation(object, text, "inherits ")),
                    null, null);
            case COLUMN -> column(text);
            case CONSTRAINT -> constraint(object, text);
            case INDEX -> index(text);
            case ENUM -> EnumType.of(LITERAL.matcher(text).results().map(found -> found.group(1)).toList());
            case SEQUENCE -> new Sequence(text.contains(" OWNED BY ")
                    ? column(object.schema(), text.substring(text.lastIndexOf('.', text.lastIndexOf('.') - 1) + 1))
                    : null, text.replaceFirst(" OWNED BY .*", ""));
            case TRIGGER -> new Definition.Trigger(
                    text.endsWith(" DISABLED") ? TriggerState.DISABLED : TriggerState.ENABLED,
                    text.replace(" DISABLED", ""));
            case VIEW, MATERIALIZED_VIEW ->
                Definition.StoredQuery.of(object.kind() == ObjectKind.MATERIALIZED_VIEW, null,
                        uses(object, text), null, text);
            case DOMAIN -> Definition.Domain.of(text);
            case TYPE -> new Definition.CompositeType(text);
            case FUNCTION -> new Definition.Function(null, text);
            case EXTENSION -> new Definition.Extension(text);
            default -> Definition.unknown(object.kind());
        });
    }

    private static @Nullable ObjectName relation(ObjectName child, String text, String relation) {
        return text.startsWith(relation) ? ObjectName.table(child.schema(), text.substring(relation.length())) : null;
    }

    private static List<ObjectName> uses(ObjectName view, String text) {
        return text.startsWith("reads ")
                ? Stream.of(text.substring("reads ".length()).split(", "))
                        .map(use -> use.contains(".")
                                ? column(view.schema(), use)
                                : ObjectName.table(view.schema(), use))
                        .toList()
                : List.of();
    }

    private static ObjectName column(@Nullable String schema, String dotted) {
        int dot = dotted.indexOf('.');
        return ObjectName.column(schema, dotted.substring(0, dot), dotted.substring(dot + 1));
    }

    private static Column column(String text) {
        int end = text.indexOf(" NOT NULL");
        int value = text.indexOf(" DEFAULT ");
        String type = text.replaceFirst("( NOT NULL)?( DEFAULT .*)?$", "");
        return Column.of(type, end < 0).withDefault(value < 0 ? null : text.substring(value + " DEFAULT ".length()));
    }

    private static Constraint constraint(ObjectName object, String text) {
        boolean valid = !text.endsWith(" NOT VALID");
        for (ConstraintType type : ConstraintType.values()) {
            if (text.toLowerCase(Locale.ROOT).startsWith(type.words() + " (")) {
                String inside = text.substring(text.indexOf('(') + 1, text.indexOf(')'));
                int references = text.indexOf(" REFERENCES ");
                return type == ConstraintType.CHECK
                        ? Constraint.of(type, null).withExpression(inside).withValidated(valid)
                        : Constraint.of(type, List.of(inside.split(", "))).withValidated(valid).withReferences(
                                references < 0
                                        ? null
                                        : ObjectName.table(object.schema(), text.substring(
                                                references + " REFERENCES ".length()).replaceFirst("[ (].*", "")))
                                .withReferenced(referenced(text.substring(Math.max(references, 0))));
            }
        }
        return Constraint.UNKNOWN.withDetails(text);
    }

    private static @Nullable List<String> referenced(String references) {
        return references.startsWith(" REFERENCES ") && references.contains("(")
                ? List.of(references.replaceFirst(".*\\(", "").replaceFirst("\\).*", "").split(", "))
                : null;
    }

    private static Index index(String text) {
        Matcher matcher = INDEX.matcher(text);
        return matcher.matches()
                ? new Index(ObjectName.table(matcher.group(2), matcher.group(3)), List.of(matcher.group(4).split(", ")),
                        null, matcher.group(1) != null, "btree", null, matcher.group(5) == null, null)
                : new Index(null, null, null, null, null, null, null, text);
    }
}
