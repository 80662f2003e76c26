package dev.migrationledger.contracts.schema;

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
import dev.migrationledger.contracts.schema.Definition.Trigger;
import dev.migrationledger.contracts.text.Sha256;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Definitions as one text each: equal in two databases whose objects do the same, close to what SQL says. */
public final class CanonicalText {

    /** A longer text is shown as its digest. */
    private static final int LONGEST = 1_000;

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private CanonicalText() {}

    /** The text of an object of a database; {@code sha256:} and a digest where it is long. */
    public static String of(Definition definition) {
        String text = whole(definition);
        return text.length() > LONGEST ? digest(text) : text;
    }

    private static String whole(Definition definition) {
        return switch (definition) {
            case Schema _ -> "";
            case Extension extension -> or(extension.details());
            case Table table -> table(table);
            case Column column -> column(column);
            case Constraint constraint -> constraint(constraint);
            case Index index -> index(index);
            case Sequence sequence -> or(sequence.details()) + (sequence.owner() == null
                    ? ""
                    : " OWNED BY " + column(sequence.owner()));
            case EnumType type -> type.values() == null
                    ? ""
                    : type.values().stream().map(CanonicalText::literal).collect(Collectors.joining(", ", "(", ")"));
            case Domain domain -> or(domain.type()) + or(domain.details());
            case CompositeType type -> or(type.details());
            case StoredQuery view -> or(view.details());
            case Function function -> or(function.details());
            case Trigger trigger -> or(trigger.details()) + state(trigger);
            case Policy policy -> or(policy.details());
        };
    }

    private static String table(Table table) {
        return or(table.details()) + with(" PARTITION BY ", table.partitionBy()) + with(" SERVER ", table.server())
                + (table.partitionOf() != null
                        ? " PARTITION OF " + qualified(table.partitionOf()) + with(" ", table.bound())
                        : table.inherits() != null && !table.inherits().isEmpty()
                                ? table.inherits().stream().map(CanonicalText::qualified)
                                        .collect(Collectors.joining(", ", " INHERITS (", ")"))
                                : "");
    }

    private static String column(Column column) {
        return or(column.type()) + with(" COLLATE ", column.collation())
                + (Boolean.FALSE.equals(column.nullable()) ? " NOT NULL" : "")
                + (Boolean.TRUE.equals(column.unchecked()) ? " NOT VALID" : "")
                + (column.identity() == null ? "" : identity(column.identity()))
                + with(" DEFAULT ", column.defaultValue()) + with(" GENERATED ALWAYS AS ", column.generated());
    }

    private static String identity(String identity) {
        int options = identity.indexOf(" (");
        int end = options < 0 ? identity.length() : options;
        return " GENERATED " + identity.substring(0, end) + " AS IDENTITY" + identity.substring(end);
    }

    private static String constraint(Constraint constraint) {
        if (constraint.type() == null) {
            return or(constraint.details());
        }
        String own = columns(constraint.columns(), constraint.period(), " WITHOUT OVERLAPS");
        String head = switch (constraint.type()) {
            case PRIMARY_KEY -> "PRIMARY KEY (" + own + ")";
            case UNIQUE -> "UNIQUE" + (Boolean.TRUE.equals(constraint.nullsEqual()) ? " NULLS NOT DISTINCT" : "") + " ("
                    + own + ")";
            case FOREIGN_KEY -> "FOREIGN KEY (" + columns(constraint.columns(), constraint.period(), " PERIOD")
                    + ") REFERENCES " + (constraint.references() == null
                            ? "?"
                            : qualified(constraint.references()) + " ("
                                    + columns(constraint.referenced(), constraint.period(), " PERIOD") + ")");
            case CHECK -> "CHECK (" + or(constraint.expression()) + ")";
            case EXCLUDE -> "EXCLUDE" + with(" ", constraint.expression());
        };
        boolean enforced = !Boolean.FALSE.equals(constraint.enforced());
        return head + or(constraint.details()) + action(" ON UPDATE ", constraint.onUpdate())
                + action(" ON DELETE ", constraint.onDelete())
                + (constraint.onDeleteOf() == null ? "" : " (" + columns(constraint.onDeleteOf(), null, "") + ")")
                + (constraint.timing() == null ? "" : constraint.timing().sql())
                + (enforced && Boolean.FALSE.equals(constraint.validated()) ? " NOT VALID" : "")
                + (enforced ? "" : " NOT ENFORCED");
    }

    /** What goes without saying is not said. */
    private static String action(String event, @Nullable Action action) {
        return action == null || action == Action.NO_ACTION ? "" : event + action.sql();
    }

    private static String columns(@Nullable List<String> columns, @Nullable Boolean period, String behind) {
        return columns == null
                ? ""
                : columns.stream().map(CanonicalText::quoted).collect(Collectors.joining(", "))
                        + (Boolean.TRUE.equals(period) ? behind : "");
    }

    private static String index(Index index) {
        List<String> keys = index.keys();
        return (Boolean.TRUE.equals(index.unique()) ? "UNIQUE ON " : "ON ")
                + (index.table() == null ? "?" : qualified(index.table())) + with(" USING ", index.method()) + " ("
                + (keys == null ? columns(index.columns(), null, "") : String.join(", ", keys)) + ")"
                + or(index.details()) + with(" WHERE ", index.where())
                + (Boolean.FALSE.equals(index.valid()) ? " INVALID" : "");
    }

    private static String state(Trigger trigger) {
        return trigger.state() == null
                ? ""
                : switch (trigger.state()) {
                    case ENABLED -> "";
                    case DISABLED -> " DISABLED";
                    case REPLICA -> " ENABLED REPLICA";
                    case ALWAYS -> " ENABLED ALWAYS";
                };
    }

    private static String or(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static String with(String word, @Nullable String text) {
        return text == null ? "" : word + text;
    }

    private static String column(ObjectName column) {
        return qualified(ObjectName.table(column.schema(), or(column.table()))) + "." + quoted(column.name());
    }

    private static String qualified(ObjectName name) {
        return name.schema() == null ? quoted(name.name()) : qualified(name.schema(), name.name());
    }

    /** As SQL writes it; what the server brings along is written without its schema. */
    public static String qualified(String schema, String name) {
        return schema.equals("pg_catalog") ? quoted(name) : quoted(schema) + "." + quoted(name);
    }

    /** A name as SQL writes it: in quotes where it needs them. */
    public static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : inQuotes(name);
    }

    /** A name in quotes, which may be any word of SQL. */
    public static String inQuotes(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A constant as SQL writes it. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A text of which only equality matters. */
    public static String digest(String text) {
        return "sha256:" + Sha256.hex(text);
    }
}
