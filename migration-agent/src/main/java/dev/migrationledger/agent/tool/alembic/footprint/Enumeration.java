package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol.Made;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An enum type as SQLAlchemy declares it.
 *
 * @param values absent where they cannot be known, as those of a Python class elsewhere
 * @param comesAlong whether a new table that has a column of it creates it
 */
record Enumeration(
        @Nullable String schema,
        String name,
        @Nullable List<String> values,
        boolean comesAlong) {

    static ColumnType type(Made made) {
        if (new Arguments(made).isFalse("native_enum")) {
            return text(made);
        }
        Enumeration enumeration = of(made);
        return enumeration == null
                ? ColumnType.UNKNOWN
                : new ColumnType(ColumnType.printed(enumeration.schema(), enumeration.name()), enumeration);
    }

    /** Absent where its name cannot be known. */
    static @Nullable Enumeration of(Made made) {
        Arguments arguments = new Arguments(made);
        String name = Symbols.text(arguments.find("name"));
        if (name == null && !arguments.has("name") && made.positional().size() == 1) {
            // SQLAlchemy names it after the Python class.
            String python = Symbols.last(made.positional().getFirst());
            name = python.isEmpty() ? null : python.toLowerCase(Locale.ROOT);
        }
        if (name == null) {
            return null;
        }
        Symbol schema = arguments.find("schema");
        return new Enumeration(
                Symbols.text(schema), name, values(made),
                !arguments.isFalse("create_type") && !arguments.has("metadata"));
    }

    private static @Nullable List<String> values(Made made) {
        if (made.positional().size() == 1 && made.positional().getFirst() instanceof Symbol.Type type) {
            return new Arguments(made).has("values_callable") ? null : names(type);
        }
        List<String> values = made.positional().stream().map(Symbols::text).filter(value -> value != null)
                .map(String::valueOf).toList();
        return made.complete() && values.size() == made.positional().size() && !values.isEmpty() ? values : null;
    }

    /** SQLAlchemy stores the names of a Python enumeration's members, not their values. */
    private static @Nullable List<String> names(Symbol.Type type) {
        List<String> names = type.members().all().entrySet().stream()
                .filter(member -> !member.getKey().startsWith("_") && !(member.getValue() instanceof Symbol.Local))
                .map(Map.Entry::getKey)
                .toList();
        return names.isEmpty() ? null : names;
    }

    /** Without an enum of the database's own it is as long as its longest value. */
    private static ColumnType text(Made made) {
        Long length = new Arguments(made).number("length");
        List<String> values = values(made);
        if (length != null) {
            return new ColumnType("character varying(" + length + ")", null);
        }
        return values == null
                ? ColumnType.UNKNOWN
                : new ColumnType(
                        "character varying(" + values.stream().mapToInt(String::length).max().orElse(0) + ")", null);
    }

    ObjectName object() {
        return new ObjectName(ObjectKind.ENUM, schema, null, name);
    }

    void create(Changes.At at) {
        at.create(object(), values == null ? Map.of() : Map.of("values", String.join(", ", values)));
    }
}
