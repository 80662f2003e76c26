package dev.migrationledger.agent.tool.alembic.footprint.postgresql;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.Aspect;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Action;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.Definition.Timing;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Definitions and alterations of properties by name, for what does not make them itself yet. */
final class Properties {

    private Properties() {}

    static Definition definition(ObjectName object, Map<String, String> of) {
        return switch (object.kind()) {
            case COLUMN -> new Column(of.get("type"), null, truth(of.get("nullable")), null, of.get("default"),
                    identity(of.get("identity")), of.get("generated"), truth(of.get("hasDefault")));
            case CONSTRAINT -> constraint(object, of);
            case INDEX -> index(object, of);
            case SEQUENCE -> Sequence.ownedBy(owner(object, of.get("ownedBy")));
            case ENUM -> EnumType.UNKNOWN;
            case TRIGGER -> new Definition.Trigger(Definition.TriggerState.ENABLED, null);
            case DOMAIN -> Definition.Domain.of(of.get("type"));
            case TABLE -> new Definition.Table(null, of.get("partitionBy"), null, table(object, of.get("partitionOf")),
                    null, null, null);
            default -> Definition.unknown(object.kind());
        };
    }

    static Constraint constraint(ObjectName object, Map<String, String> of) {
        String kind = of.get("kind");
        Constraint constraint = Constraint.UNKNOWN.withReferences(table(object, of.get("references")))
                .withExpression(of.get("expression")).withValidated(truth(of.get("validated")))
                .withActions(action(of.get("onupdate")), action(of.get("ondelete")), null)
                .withTiming(of.get("timing") == null ? null : Timing.valueOf(of.get("timing")));
        return kind == null
                ? constraint
                : constraint.withType(ConstraintType.valueOf(kind.toUpperCase(Locale.ROOT).replace(' ', '_')));
    }

    /** Absent: it is none that PostgreSQL has, or not known. */
    private static @Nullable Action action(@Nullable String text) {
        String words = text == null ? "" : text.replaceFirst("\\(.*", "").strip().replaceAll("\\s+", " ");
        return Arrays.stream(Action.values()).filter(one -> one.sql().equalsIgnoreCase(words)).findFirst().orElse(null);
    }

    static Index index(ObjectName object, Map<String, String> of) {
        return Index.of(table(object, of.get("table")), null, truth(of.get("unique")))
                .withMethod(of.get("method")).withWhere(of.get("where"));
    }

    static List<Alteration> alterations(Map<String, String> of) {
        List<Alteration> changes = new ArrayList<>();
        of.forEach((name, value) -> {
            switch (name) {
                case "type" -> changes.add(new Alteration.TypeChanged(value));
                case "nullable" -> changes.add(new Alteration.NullableSet(Boolean.parseBoolean(value)));
                case "default" -> changes.add(new Alteration.DefaultSet(value.isEmpty() ? null : value));
                case "identity" -> changes.add(new Alteration.IdentitySet(identity(value)));
                case "comment" -> changes.add(new Alteration.Commented(value));
                case "valid" -> changes.add(new Alteration.Validated());
                case "addedValue" -> changes.add(new Alteration.ValueAdded(value, of.get("before"), of.get("after")));
                case "renamedValue" -> changes.add(
                        new Alteration.ValueRenamed(value, of.getOrDefault("renamedValueTo", "")));
                case "before", "after", "renamedValueTo" -> {
                    // These say more of the others.
                }
                case "hasDefault" -> changes.add(new Alteration.Unknown(Aspect.DEFAULT, "default"));
                default -> changes.add(new Alteration.Unknown(aspect(value), value));
            }
        });
        return changes;
    }

    private static Aspect aspect(String changed) {
        return switch (changed) {
            case "type" -> Aspect.TYPE;
            case "nullable" -> Aspect.NULLABLE;
            case "default" -> Aspect.DEFAULT;
            default -> Aspect.ANYTHING;
        };
    }

    private static @Nullable String identity(@Nullable String words) {
        return words == null ? null : words.toUpperCase(Locale.ROOT);
    }

    private static @Nullable Boolean truth(@Nullable String word) {
        return "true".equals(word) ? Boolean.TRUE : "false".equals(word) ? Boolean.FALSE : null;
    }

    private static @Nullable ObjectName table(ObjectName object, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        String written = name.replace("\"", "");
        int dot = written.indexOf('.');
        return dot < 0
                ? ObjectName.table(object.schema(), written)
                : ObjectName.table(written.substring(0, dot), written.substring(dot + 1));
    }

    private static @Nullable ObjectName owner(ObjectName object, @Nullable String column) {
        return column == null
                ? null
                : ObjectName.column(object.schema(), column.substring(0, column.indexOf('.')),
                        column.substring(column.indexOf('.') + 1));
    }
}
