package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** SQLAlchemy's own tables, enums, sequences and indexes, which can be created and dropped one by one. */
final class Constructs {

    private static final List<String> TABLES = List.of("Table", "table", "TableClause", "create_table");

    private static final Map<String, String> TYPES = Map.of(
            "UniqueConstraint", "unique", "CheckConstraint", "check", "ForeignKeyConstraint", "foreignkey",
            "PrimaryKeyConstraint", "primary", "ExcludeConstraint", "exclude");

    /** Those that can be given their name by its position. */
    private static final Map<String, String[]> NAMED_BY_POSITION = Map.of(
            "CheckConstraint", new String[]{"sqltext", "name"},
            "ForeignKeyConstraint", new String[]{"columns", "refcolumns", "name"});

    private static final String[] NO_NAMES = {};

    private Constructs() {}

    static boolean isTable(Symbol symbol) {
        return symbol instanceof Made && TABLES.contains(Symbols.last(symbol));
    }

    /** The table that a symbol stands for; a class that is mapped to one says its name. */
    static ObjectName table(Symbol symbol) throws UnknownEffect {
        if (symbol instanceof Symbol.Type type && !type.members().all().containsKey("__table_args__")) {
            String mapped = Symbols.text(type.members().all().get("__tablename__"));
            if (mapped != null) {
                return ObjectName.table(null, mapped);
            }
        }
        if (symbol instanceof Made made && isTable(made)) {
            NamedArguments arguments = new NamedArguments(made, "name");
            Symbol name = arguments.has("table_name") ? arguments.find("table_name") : arguments.find("name");
            String known = Symbols.text(name);
            if (known != null) {
                return ObjectName.table(arguments.schema("schema"), known);
            }
        }
        throw new UnknownEffect(new UnknownOperation(Part.TABLE_ELSEWHERE));
    }

    static ObjectName sequence(NamedArguments arguments) throws UnknownEffect {
        return new ObjectName(ObjectKind.SEQUENCE, arguments.schema("schema"), null, arguments.text("name"));
    }

    /** {@code x.create(bind)}. */
    static void create(Symbol construct, boolean whereMissing, Changes.At at) throws UnknownEffect {
        Changes.At here = at.only(whereMissing);
        switch (Symbols.last(construct)) {
            case "Table" -> {
                Made made = (Made) construct;
                NamedArguments arguments = new NamedArguments(made, "name", "metadata");
                ObjectName name = table(made);
                List<Symbol> columns = arguments.rest().stream().filter(symbol -> symbol != Symbol.None.NONE).toList();
                new TableElements(here, name.schema(), name.name(), convention(arguments))
                        .create(columns, Definition.Table.UNKNOWN, true);
            }
            case "Enum", "ENUM" -> enumeration(construct).create(here);
            case "Sequence" -> here.create(sequence(new NamedArguments((Made) construct, "name")));
            case "Index" -> index((Made) construct, here);
            default -> throw new UnknownEffect(new UnknownOperation(Part.CREATED_OBJECT));
        }
    }

    /** {@code Index("ix_a", t.c.a)}. */
    private static void index(Made index, Changes.At at) throws UnknownEffect {
        NamedArguments arguments = new NamedArguments(index, "name");
        Made owner = ownerOf(index);
        ObjectName table = table(owner);
        List<Symbol> columns = new ArrayList<>();
        for (Symbol column : arguments.rest()) {
            columns.add(OwnedColumns.named(column));
        }
        new TableElements(at, table.schema(), table.name(), convention(new NamedArguments(owner, "name", "metadata")))
                .indexes()
                .add(arguments.given("name"), columns, arguments);
    }

    /** An index or constraint belongs to the table of its columns. */
    private static @Nullable Made owner(Made part) {
        return part.positional().stream().map(OwnedColumns::table).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static Made ownerOf(Made part) throws UnknownEffect {
        Made owner = part.named().get("table") instanceof Made table && isTable(table) ? table : owner(part);
        if (owner == null) {
            throw new UnknownEffect(new UnknownOperation(Part.UNKNOWN_TABLE));
        }
        return owner;
    }

    /** {@code AddConstraint(UniqueConstraint(t.c.a, name="b"))}. */
    static void addConstraint(Symbol constraint, Changes.At at) throws UnknownEffect {
        if (!(constraint instanceof Made made)) {
            throw new UnknownEffect(new UnknownOperation(Part.CONSTRAINT_ELSEWHERE));
        }
        TableConstraints constraints = constraints(made, at);
        constraints.add(new Made(made.callee(), made.positional().stream().map(OwnedColumns::named).toList(),
                made.named(), made.complete(), made.place()));
        constraints.done();
    }

    /** {@code DropConstraint(UniqueConstraint(t.c.a, name="b"))}. */
    static void dropConstraint(Symbol constraint, boolean wherePresent, boolean cascade, Changes.At at)
            throws UnknownEffect {
        if (!(constraint instanceof Made made)) {
            throw new UnknownEffect(new UnknownOperation(Part.CONSTRAINT_ELSEWHERE));
        }
        String type = TYPES.get(Symbols.last(made));
        NamingConvention.Given given = new NamedArguments(made,
                NAMED_BY_POSITION.getOrDefault(Symbols.last(made), NO_NAMES))
                .given("name");
        if (type == null || given == null) {
            throw new UnknownEffect(new UnknownOperation(Part.CONSTRAINT_NAME));
        }
        at.only(wherePresent).drop(constraints(made, at).dropped(given, type), cascade);
    }

    private static TableConstraints constraints(Made made, Changes.At at) throws UnknownEffect {
        Made owner = ownerOf(made);
        ObjectName table = table(owner);
        return new TableElements(at, table.schema(), table.name(),
                convention(new NamedArguments(owner, "name", "metadata")))
                .constraints();
    }

    /** {@code x.drop(bind)}. */
    static void drop(Symbol construct, boolean wherePresent, Changes.At at) throws UnknownEffect {
        Changes.At here = at.only(wherePresent);
        switch (Symbols.last(construct)) {
            case "Table" -> {
                here.drop(table(construct));
                dropEnums((Made) construct, at);
            }
            case "Enum", "ENUM" -> here.drop(enumeration(construct).object());
            case "Sequence" -> here.drop(sequence(new NamedArguments((Made) construct, "name")));
            case "Index" -> {
                NamedArguments arguments = new NamedArguments((Made) construct, "name");
                Made owner = owner((Made) construct);
                here.drop(new ObjectName(ObjectKind.INDEX, owner == null ? null : table(owner).schema(), null,
                        arguments.text("name")));
            }
            default -> throw new UnknownEffect(new UnknownOperation(Part.DROPPED_OBJECT));
        }
    }

    /** Up to 2.0 SQLAlchemy drops a table's enums as well. */
    private static void dropEnums(Made table, Changes.At at) {
        for (Symbol symbol : table.positional()) {
            try {
                EnumType enumeration = Column.of(symbol).type().enumeration();
                if (enumeration != null && enumeration.along() == EnumType.Along.ALWAYS) {
                    at.perhaps().drop(enumeration.object());
                }
            } catch (UnknownEffect noColumn) {
                // Its name, its metadata, a constraint.
            }
        }
    }

    /** A table has the convention of its own metadata, not that of the project's. */
    private static NamingConvention convention(NamedArguments arguments) {
        Symbol metadata = arguments.find("metadata");
        return metadata == null ? NamingConvention.UNKNOWN : NamingConvention.of(metadata);
    }

    private static EnumType enumeration(Symbol construct) throws UnknownEffect {
        EnumType enumeration = construct instanceof Made made ? EnumType.of(made) : null;
        if (enumeration == null) {
            throw new UnknownEffect(new UnknownOperation(Part.ENUM_NAME));
        }
        return enumeration;
    }
}
