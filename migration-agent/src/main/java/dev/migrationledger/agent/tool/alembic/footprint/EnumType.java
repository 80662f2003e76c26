package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.effect.GeneratedNames;
import dev.migrationledger.contracts.schema.Definition;
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
 * @param ofTable whether it is in the schema of its table
 * @param along whether a new table that has a column of it creates it
 */
record EnumType(
        @Nullable String schema,
        String name,
        @Nullable List<String> values,
        boolean ofTable,
        Along along) {

    enum Along {
        ALWAYS,
        /** Its metadata does, or did; the new table shows that it is there. */
        UNLESS_THERE,
        NEVER
    }

    /**
     * The check of an enum that is no type of the database.
     *
     * @param name absent: it has none
     * @param certain false: only SQLAlchemy before 1.4 makes one
     */
    record Check(@Nullable String name, boolean certain) {}

    static ColumnType type(Made made) {
        if (new NamedArguments(made).isFalse("native_enum")) {
            return text(made);
        }
        EnumType enumeration = of(made);
        return enumeration == null
                ? ColumnType.UNKNOWN
                : new ColumnType(ColumnType.printed(enumeration.schema(), enumeration.name()), enumeration);
    }

    /** Absent where its name cannot be known. */
    static @Nullable EnumType of(Made made) {
        NamedArguments arguments = new NamedArguments(made);
        String name = Symbols.text(arguments.find("name"));
        if (name == null && !arguments.has("name") && made.positional().size() == 1) {
            // SQLAlchemy names it after the Python class.
            String python = Symbols.last(made.positional().getFirst());
            name = python.isEmpty() ? null : python.toLowerCase(Locale.ROOT);
        }
        if (name == null) {
            return null;
        }
        boolean ofTable = arguments.isTrue("inherit_schema");
        return new EnumType(
                ofTable ? null : Symbols.text(arguments.find("schema")), GeneratedNames.truncated(name), values(made),
                ofTable,
                along(made, arguments));
    }

    /** Only PostgreSQL's own class can be told to leave the type alone: the general one takes the word and ignores it. */
    private static Along along(Made made, NamedArguments arguments) {
        if (arguments.isFalse("create_type") && Symbols.last(made).equals("ENUM")) {
            return Along.NEVER;
        }
        return arguments.find("metadata") != null ? Along.UNLESS_THERE : Along.ALWAYS;
    }

    private static @Nullable List<String> values(Made made) {
        if (made.positional().size() == 1 && made.positional().getFirst() instanceof Symbol.Type type) {
            return new NamedArguments(made).has("values_callable") ? null : names(type);
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
        NamedArguments arguments = new NamedArguments(made);
        Long length = arguments.number("length");
        EnumType named = of(made);
        Check check = arguments.isFalse("create_constraint")
                ? null
                : new Check(named == null ? null : named.name(), arguments.isTrue("create_constraint"));
        List<String> values = values(made);
        String size = length != null
                ? length.toString()
                : values == null ? null : "" + values.stream().mapToInt(String::length).max().orElse(0);
        return new ColumnType(size == null ? null : "character varying(" + size + ")", null, null, check, null);
    }

    ObjectName object() {
        return new ObjectName(ObjectKind.ENUM, schema, null, name);
    }

    void create(Changes.At at) {
        at.create(object(), Definition.EnumType.of(values));
    }

    /** With a new table. One run of Alembic makes it once, whichever of its tables comes first. */
    void createAlong(Changes.At at, @Nullable String tableSchema) {
        EnumType here = ofTable ? new EnumType(tableSchema, name, values, false, along) : this;
        if (along != Along.NEVER && !at.hasCreated(here.object())) {
            here.create(at.only(along == Along.UNLESS_THERE));
        }
    }
}
