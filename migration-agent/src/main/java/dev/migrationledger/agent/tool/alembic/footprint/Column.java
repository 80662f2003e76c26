package dev.migrationledger.agent.tool.alembic.footprint;

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
 */
record Column(String name, ColumnType type, Arguments arguments, List<Made> items) {

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
        for (Symbol symbolic : rest) {
            if (symbolic instanceof Made item && isItem(item)) {
                items.add(item);
            } else if (type == null && symbolic != Symbol.None.NONE) {
                type = symbolic;
            }
        }
        return new Column(known, type == null ? ColumnType.UNKNOWN : ColumnType.of(type), arguments, items);
    }

    private static boolean isItem(Made item) {
        return switch (Symbols.last(item)) {
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
     * Whether SQLAlchemy makes it a serial one, given that it is the primary key's only column or says so itself.
     *
     * @param alone whether it is the primary key's only column
     */
    boolean serial(boolean alone) {
        boolean whole = type.name() != null && List.of("integer", "bigint", "smallint").contains(type.name());
        boolean valued = arguments.find("server_default") != null || item("Identity") != null
                || item("Computed") != null || item("Sequence") != null;
        if (!whole || valued || arguments.isFalse("autoincrement")) {
            return false;
        }
        // Anything else, such as "ignore_fk", differs in nothing but that.
        boolean asked = arguments.has("autoincrement") && !"auto".equals(Symbols.text(arguments.find("autoincrement")));
        boolean inKey = alone || primaryKey();
        boolean first = alone && item("ForeignKey") == null && arguments.find("default") == null;
        return inKey && (asked || first);
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
                }
            }
        }
    }
}
