package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol.Member;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQLAlchemy's own tables, enums, sequences and indexes, which can be created and dropped one by one. */
final class Constructs {

    private static final List<String> TABLES = List.of("Table", "table", "TableClause", "create_table");

    private static final List<String> COLUMNS = List.of("c", "columns");

    private Constructs() {}

    static boolean isTable(Symbol symbol) {
        return symbol instanceof Made && TABLES.contains(Symbols.last(symbol));
    }

    /** The table that a symbol stands for; a class that is mapped to one says its name. */
    static ObjectName table(Symbol symbol) throws NotKnown {
        if (symbol instanceof Symbol.Type type && !type.members().all().containsKey("__table_args__")) {
            String mapped = Symbols.text(type.members().all().get("__tablename__"));
            if (mapped != null) {
                return ObjectName.table(null, mapped);
            }
        }
        if (symbol instanceof Made made && isTable(made)) {
            Arguments arguments = new Arguments(made, "name");
            Symbol name = arguments.has("table_name") ? arguments.find("table_name") : arguments.find("name");
            String known = Symbols.text(name);
            if (known != null) {
                return ObjectName.table(arguments.schema("schema"), known);
            }
        }
        throw new NotKnown("its table is defined elsewhere");
    }

    static ObjectName sequence(Arguments arguments) throws NotKnown {
        return new ObjectName(ObjectKind.SEQUENCE, arguments.schema("schema"), null, arguments.text("name"));
    }

    /** {@code x.create(bind)}. */
    static void create(Symbol construct, boolean whereMissing, Changes.At at) throws NotKnown {
        Changes.At here = at.only(whereMissing);
        switch (Symbols.last(construct)) {
            case "Table" -> {
                Made made = (Made) construct;
                Arguments arguments = new Arguments(made, "name", "metadata");
                ObjectName name = table(made);
                List<Symbol> columns = arguments.rest().stream().filter(symbol -> symbol != Symbol.None.NONE).toList();
                new Items(here, name.schema(), name.name(), convention(arguments))
                        .create(columns, Definition.Table.UNKNOWN, true);
            }
            case "Enum", "ENUM" -> enumeration(construct).create(here);
            case "Sequence" -> here.create(sequence(new Arguments((Made) construct, "name")));
            case "Index" -> index((Made) construct, here);
            default -> throw new NotKnown("what it creates is not known");
        }
    }

    /** {@code Index("ix_a", t.c.a)}. */
    private static void index(Made index, Changes.At at) throws NotKnown {
        Arguments arguments = new Arguments(index, "name");
        Made owner = owner(arguments);
        if (owner == null) {
            throw new NotKnown("the table of the index is not known");
        }
        ObjectName table = table(owner);
        List<Symbol> columns = new ArrayList<>();
        for (Symbol column : arguments.rest()) {
            columns.add(column instanceof Member member ? new Symbol.Text(member.name()) : column);
        }
        new Items(at, table.schema(), table.name(), convention(new Arguments(owner, "name", "metadata"))).indexes()
                .add(arguments.given("name"), columns, arguments);
    }

    /** An index belongs to the table of its columns. */
    private static @Nullable Made owner(Arguments index) {
        for (Symbol column : index.rest()) {
            if (column instanceof Member(Member(Made of, String c), _) && COLUMNS.contains(c) && isTable(of)) {
                return of;
            }
        }
        return null;
    }

    /** {@code x.drop(bind)}. */
    static void drop(Symbol construct, boolean wherePresent, Changes.At at) throws NotKnown {
        Changes.At here = at.only(wherePresent);
        switch (Symbols.last(construct)) {
            case "Table" -> {
                here.drop(table(construct));
                dropEnums((Made) construct, at);
            }
            case "Enum", "ENUM" -> here.drop(enumeration(construct).object());
            case "Sequence" -> here.drop(sequence(new Arguments((Made) construct, "name")));
            case "Index" -> {
                Arguments arguments = new Arguments((Made) construct, "name");
                Made owner = owner(arguments);
                here.drop(new ObjectName(ObjectKind.INDEX, owner == null ? null : table(owner).schema(), null,
                        arguments.text("name")));
            }
            default -> throw new NotKnown("what it drops is not known");
        }
    }

    /** Up to 2.0 SQLAlchemy drops a table's enums as well. */
    private static void dropEnums(Made table, Changes.At at) {
        for (Symbol symbol : table.positional()) {
            try {
                Enumeration enumeration = Column.of(symbol).type().enumeration();
                if (enumeration != null && enumeration.along() == Enumeration.Along.ALWAYS) {
                    at.perhaps().drop(enumeration.object());
                }
            } catch (NotKnown noColumn) {
                // Its name, its metadata, a constraint.
            }
        }
    }

    /** A table has the convention of its own metadata, not that of the project's. */
    private static NamingConvention convention(Arguments arguments) {
        Symbol metadata = arguments.find("metadata");
        return metadata == null ? NamingConvention.UNKNOWN : NamingConvention.of(metadata);
    }

    private static Enumeration enumeration(Symbol construct) throws NotKnown {
        Enumeration enumeration = construct instanceof Made made ? Enumeration.of(made) : null;
        if (enumeration == null) {
            throw new NotKnown("the enum's name is computed");
        }
        return enumeration;
    }
}
