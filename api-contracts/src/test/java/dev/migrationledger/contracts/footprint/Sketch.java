package dev.migrationledger.contracts.footprint;

import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Effects drawn by hand, at line 1, with what is known of their objects as texts by name. */
public final class Sketch {

    private static final Location HERE = Location.line(1);

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

    public static Unread unread(String expression, String reason) {
        return new Unread(expression, reason, null, HERE);
    }

    public static Definition definition(ObjectName object, Map<String, String> known) {
        return switch (object.kind()) {
            case COLUMN -> Column.of(known.get("type"), truth(known.get("nullable")));
            case CONSTRAINT -> Constraint.of(type(known.get("kind")), list(known.get("columns")))
                    .withReferences(table(known.get("references"))).withExpression(known.get("expression"))
                    .withValidated(truth(known.get("validated")));
            case INDEX -> Index.of(table(known.get("table")), list(known.get("columns")), truth(known.get("unique")));
            case SEQUENCE -> Sequence.ownedBy(column(known.get("ownedBy")));
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
            case "ownedBy" -> new Alteration.OwnerSet(column(value));
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
    private static @Nullable ObjectName column(@Nullable String dotted) {
        return dotted == null || dotted.isEmpty()
                ? null
                : ObjectName.column(null, dotted.substring(0, dotted.indexOf('.')),
                        dotted.substring(dotted.indexOf('.') + 1));
    }
}
