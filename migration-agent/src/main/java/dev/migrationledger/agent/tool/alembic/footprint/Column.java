package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.sql.effect.GeneratedNames;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column as SQLAlchemy declares it.
 *
 * @param items what else stands in it: foreign keys, checks, an identity, a sequence
 * @param complete whether nothing else stands in it that is not known
 */
record Column(String name, ColumnType type, NamedArguments arguments, List<Made> items, boolean complete) {

    static Column of(Symbol symbol) throws UnknownEffect {
        if (!(symbol instanceof Made made)) {
            throw new UnknownEffect(new UnknownOperation(Part.COMPUTED_COLUMN));
        }
        if (made.callee() instanceof Symbol.Member copy && copy.name().equals("copy") && copy.of() instanceof Made) {
            return of(copy.of());
        }
        if (!is(made)) {
            throw new UnknownEffect(new UnknownOperation(Part.COMPUTED_COLUMN));
        }
        List<Symbol> rest = new ArrayList<>(made.positional());
        NamedArguments arguments = new NamedArguments(made);
        Symbol name = arguments.find("name");
        if (name == null && !rest.isEmpty()) {
            name = rest.removeFirst();
        }
        String known = Symbols.text(name);
        if (known == null) {
            throw new UnknownEffect(new UnknownOperation(Part.COMPUTED_COLUMN_NAME));
        }
        Symbol type = arguments.find("type_");
        List<Made> items = new ArrayList<>();
        boolean complete = arguments.complete();
        for (Symbol symbolic : rest) {
            if (symbolic instanceof Made item && isItem(item)) {
                items.add(item);
            } else if (type == null && symbolic != Symbol.None.NONE) {
                type = symbolic;
            } else {
                complete &= symbolic == Symbol.None.NONE;
            }
        }
        return new Column(GeneratedNames.truncated(known), type == null ? ColumnType.UNKNOWN : ColumnType.of(type),
                arguments, items,
                complete);
    }

    /** Whether this is what SQLAlchemy calls a column. */
    static boolean is(Symbol symbol) {
        return symbol instanceof Made && List.of("Column", "mapped_column").contains(Symbols.last(symbol));
    }

    private static boolean isItem(Made item) {
        // A class of the project that is called so is a type.
        return !(item.callee() instanceof Symbol.Type) && switch (Symbols.last(item)) {
            case "ForeignKey", "CheckConstraint", "Identity", "Sequence", "Computed", "DefaultClause", "FetchedValue",
                    "UniqueConstraint", "PrimaryKeyConstraint" ->
                true;
            default -> false;
        };
    }

    boolean primaryKey() {
        return arguments.isTrue("primary_key");
    }

    @Nullable
    Made item(String kind) {
        return items.stream().filter(item -> Symbols.last(item).equals(kind)).findFirst().orElse(null);
    }

    /**
     * What a column is in its table.
     *
     * @param inKey whether it belongs to the primary key
     * @param alone whether that has one column
     * @param refers whether it is a foreign key
     */
    record Role(boolean inKey, boolean alone, boolean refers) {}

    enum Serial {
        YES,
        NO,
        /** It depends on SQLAlchemy's version. */
        PERHAPS
    }

    /** Whether SQLAlchemy makes a serial column of it. */
    Serial serial(Role role) {
        Symbol asked = arguments.find("autoincrement");
        boolean always = arguments.isTrue("autoincrement");
        boolean besideKey = "ignore_fk".equals(Symbols.text(asked));
        Made sequence = item("Sequence");
        boolean valued = arguments.find("default") != null || item("Identity") != null
                || (sequence != null && !new NamedArguments(sequence).isTrue("optional"));
        boolean servedByDefault = arguments.find("server_default") != null || item("Computed") != null
                || item("DefaultClause") != null || item("FetchedValue") != null;
        boolean chosen = always || (role.alone() && !arguments.isFalse("autoincrement") && !servedByDefault
                && (!role.refers() || besideKey));
        if (!role.inKey() || valued || !chosen) {
            return Serial.NO;
        }
        return switch (type.name()) {
            case "integer", "bigint", "smallint" -> Serial.YES;
            case null -> Serial.NO;
            case String number when number.startsWith("numeric") || number.equals("double precision")
                    || number.equals("real") ->
                Serial.PERHAPS;
            default -> Serial.NO;
        };
    }

    /** @param inKey whether it is a part of the primary key */
    Definition.Column definition(boolean inKey) {
        Made identity = item("Identity");
        Definition.Column column = Definition.Column.of(
                type.name(), (inKey || identity != null) ? Boolean.FALSE : nullable())
                .withType(type.name(), type.collation());
        if (identity != null) {
            return column.withIdentity(identity(identity));
        }
        Made computed = item("Computed");
        if (computed != null) {
            Symbol sql = new NamedArguments(computed, "sqltext").find("sqltext");
            String expression = sql == null ? null : SqlValue.ofCondition(sql);
            return column.withGenerated(expression == null ? "" : expression);
        }
        Symbol value = arguments.find("server_default");
        if (value != null) {
            return column.withDefaultOf(serverDefault(value));
        }
        return hasNoDefault() ? column.withHasDefault(false) : column;
    }

    /** Absent: it is computed. */
    private @Nullable Boolean nullable() {
        Symbol nullable = arguments.find("nullable");
        return (nullable == null || arguments.isTrue("nullable"))
                ? Boolean.TRUE
                : arguments.isFalse("nullable") ? Boolean.FALSE : null;
    }

    /** A type that is not known may bring one along. */
    private boolean hasNoDefault() {
        return complete && type.name() != null && items.stream().map(Symbols::last)
                .noneMatch(List.of("Identity", "Computed", "DefaultClause", "FetchedValue")::contains);
    }

    /** A column of which only what a server default says is known. */
    static Definition.Column serverDefault(Symbol value) {
        return switch (Symbols.last(value)) {
            case "Identity" -> Definition.Column.UNKNOWN.withIdentity(identity(value));
            case "Computed" -> Definition.Column.UNKNOWN.withGenerated("");
            // Set by something else, a trigger for instance.
            case "FetchedValue" -> Definition.Column.UNKNOWN;
            default -> {
                String sql = SqlValue.ofDefault(value);
                boolean text = Symbols.last(value).equals("text") && value instanceof Made;
                yield sql != null
                        ? Definition.Column.UNKNOWN.withDefault(sql)
                        : text ? Definition.Column.UNKNOWN.withHasDefault(true) : Definition.Column.UNKNOWN;
            }
        };
    }

    private static String identity(Symbol identity) {
        return identity instanceof Made made && new NamedArguments(made, "always").isTrue("always")
                ? "ALWAYS"
                : "BY DEFAULT";
    }
}
