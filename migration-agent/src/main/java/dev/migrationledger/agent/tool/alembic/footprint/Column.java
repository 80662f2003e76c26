package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Names;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol.Made;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A column as SQLAlchemy declares it.
 *
 * @param items what else stands in it: foreign keys, checks, an identity, a sequence
 * @param complete whether nothing else stands in it that is not known
 */
record Column(String name, ColumnType type, Arguments arguments, List<Made> items, boolean complete) {

    static Column of(Symbol symbol) throws NotKnown {
        if (!(symbol instanceof Made made)) {
            throw new NotKnown("a column is computed");
        }
        if (made.callee() instanceof Symbol.Member copy && copy.name().equals("copy") && copy.of() instanceof Made) {
            return of(copy.of());
        }
        if (!List.of("Column", "mapped_column").contains(Symbols.last(made))) {
            throw new NotKnown("a column is computed");
        }
        List<Symbol> rest = new ArrayList<>(made.positional());
        Arguments arguments = new Arguments(made);
        Symbol name = arguments.find("name");
        if (name == null && !rest.isEmpty()) {
            name = rest.removeFirst();
        }
        String known = Symbols.text(name);
        if (known == null) {
            throw new NotKnown("a column's name is computed");
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
        return new Column(Names.kept(known), type == null ? ColumnType.UNKNOWN : ColumnType.of(type), arguments, items,
                complete);
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
                || (sequence != null && !new Arguments(sequence).isTrue("optional"));
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
    Map<String, String> properties(boolean inKey) {
        Map<String, String> properties = new TreeMap<>();
        if (type.name() != null) {
            properties.put("type", type.name());
        }
        Symbol nullable = arguments.find("nullable");
        if (inKey || item("Identity") != null) {
            properties.put("nullable", "false");
        } else if (nullable == null) {
            properties.put("nullable", "true");
        } else if (nullable instanceof Symbol.Truth truth) {
            properties.put("nullable", String.valueOf(truth.truth()));
        }
        Symbol value = arguments.find("server_default");
        if (value != null) {
            serverDefault(value, properties);
        } else if (hasNoDefault()) {
            properties.put("hasDefault", "false");
        }
        String comment = Symbols.text(arguments.find("comment"));
        if (comment != null) {
            properties.put("comment", comment);
        }
        Made identity = item("Identity");
        if (identity != null) {
            properties.put("identity", new Arguments(identity, "always").isTrue("always") ? "always" : "by default");
        }
        Made computed = item("Computed");
        if (computed != null) {
            Symbol sql = new Arguments(computed, "sqltext").find("sqltext");
            String expression = sql == null ? null : SqlValue.ofCondition(sql);
            properties.put("generated", expression == null ? "" : expression);
        }
        return properties;
    }

    /** A type that is not known may bring one along. */
    private boolean hasNoDefault() {
        return complete && type.name() != null && items.stream().map(Symbols::last)
                .noneMatch(List.of("Identity", "Computed", "DefaultClause", "FetchedValue")::contains);
    }

    /** Writes what a server default says of its column. */
    static void serverDefault(Symbol value, Map<String, String> properties) {
        switch (Symbols.last(value)) {
            case "Identity" -> properties.put("identity",
                    value instanceof Made made && new Arguments(made, "always").isTrue("always")
                            ? "always"
                            : "by default");
            case "Computed" -> properties.put("generated", "");
            case "FetchedValue" -> {
                // Set by something else, a trigger for instance.
            }
            default -> {
                String sql = SqlValue.ofDefault(value);
                if (sql != null) {
                    properties.put("default", sql);
                } else if (Symbols.last(value).equals("text") && value instanceof Made) {
                    properties.put("hasDefault", "true");
                }
            }
        }
    }
}
