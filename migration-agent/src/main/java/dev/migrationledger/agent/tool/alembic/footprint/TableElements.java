package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.effect.GeneratedNames;
import dev.migrationledger.agent.sql.effect.TableChanges;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownKeyName;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Columns of one table with what comes along, as SQLAlchemy makes them of what a script declares. */
final class TableElements {

    private final Changes.At at;
    private final TableChanges table;
    private final TableConstraints constraints;
    private final TableIndexes indexes;

    /** @param table as the script has it: SQLAlchemy makes names of the whole, and PostgreSQL keeps a part */
    TableElements(Changes.At at, @Nullable String schema, String table, NamingConvention convention) {
        this.at = at;
        this.table = new TableChanges(at, schema, GeneratedNames.truncated(table));
        this.constraints = new TableConstraints(this.table, table, convention);
        this.indexes = new TableIndexes(this.table, table, convention);
    }

    TableChanges table() {
        return table;
    }

    TableConstraints constraints() {
        return constraints;
    }

    TableIndexes indexes() {
        return indexes;
    }

    /**
     * A whole new table.
     *
     * @param symbols its columns, constraints and indexes
     * @param sequences whether sequences that its columns name are created before it: Alembic's operation leaves them out
     */
    void create(List<Symbol> symbols, Definition.Table definition, boolean sequences) {
        List<Column> columns = new ArrayList<>();
        List<Made> declared = new ArrayList<>();
        for (Symbol symbol : symbols) {
            switch (Symbols.last(symbol)) {
                case "PrimaryKeyConstraint", "UniqueConstraint", "ForeignKeyConstraint", "CheckConstraint",
                        "ExcludeConstraint", "Index" -> {
                    if (symbol instanceof Made made) {
                        declared.add(made);
                    }
                }
                default -> {
                    try {
                        // SQLAlchemy 1 takes the last of a name, and 2 none.
                        Column column = Column.of(symbol);
                        columns.removeIf(earlier -> earlier.name().equals(column.name()));
                        columns.add(column);
                    } catch (UnknownEffect notKnown) {
                        at.unknown(table.table(), new UnknownOperation(Part.COMPUTED_ELEMENT));
                    }
                }
            }
        }
        for (Column column : columns) {
            EnumType enumeration = column.type().enumeration();
            if (enumeration != null) {
                enumeration.createAlong(at, table.schema());
            }
            Made sequence = column.item("Sequence");
            if (sequences && sequence != null) {
                attempt(sequence, () -> sequence(sequence));
            }
        }
        at.create(table.name(), definition);
        List<String> key = key(columns, declared);
        Set<String> referring = referring(columns, declared);
        for (Column column : columns) {
            boolean inKey = key.contains(column.name());
            createColumn(column, new Column.Role(inKey, key.size() == 1, referring.contains(column.name())));
        }
        primaryKey(key, declared);
        columns.forEach(column -> ofColumn(column, true));
        for (Made constraint : declared) {
            if (!Symbols.last(constraint).equals("PrimaryKeyConstraint") && !isLater(constraint)) {
                attempt(constraint, () -> {
                    if (Symbols.last(constraint).equals("Index")) {
                        indexes.add(constraint);
                    } else {
                        constraints.add(constraint);
                    }
                });
            }
        }
        constraints.done();
        columns.forEach(this::checkOf);
        columns.forEach(column -> indexOf(column, false));
    }

    /** A key that waits until all tables are there, which Alembic never comes to. */
    private static boolean isLater(Made constraint) {
        return new NamedArguments(constraint).isTrue("use_alter");
    }

    /** Columns that are foreign keys. */
    private static Set<String> referring(List<Column> columns, List<Made> declared) {
        Set<String> referring = new HashSet<>();
        for (Column column : columns) {
            if (column.item("ForeignKey") != null) {
                referring.add(column.name());
            }
        }
        for (Made constraint : declared) {
            if (Symbols.last(constraint).equals("ForeignKeyConstraint")
                    && new NamedArguments(constraint, "columns").find("columns") instanceof Symbol.Items local) {
                local.values().stream().map(Symbols::text).filter(Objects::nonNull).forEach(referring::add);
            }
        }
        return referring;
    }

    private static List<String> key(List<Column> columns, List<Made> declared) {
        List<String> key = new ArrayList<>();
        for (Made constraint : declared) {
            if (Symbols.last(constraint).equals("PrimaryKeyConstraint")) {
                constraint.positional().stream().map(Symbols::text).filter(name -> name != null)
                        .forEach(name -> key.add(String.valueOf(name)));
            }
        }
        columns.stream().filter(Column::primaryKey).map(Column::name).filter(name -> !key.contains(name))
                .forEach(key::add);
        return key;
    }

    private void primaryKey(List<String> key, List<Made> declared) {
        if (key.isEmpty()) {
            return;
        }
        Made placed = declared.stream().filter(made -> Symbols.last(made).equals("PrimaryKeyConstraint"))
                .findFirst().orElse(null);
        try {
            constraints.primaryKey(placed == null ? null : new NamedArguments(placed).given("name"), key);
        } catch (UnknownEffect notKnown) {
            at.unknown(table.table(), new UnknownKeyName(notKnown.reason()));
        }
    }

    /** A column of a table that is there, without what GeoAlchemy2 adds to it. */
    void addPlain(Column column) {
        createColumn(column, alone(column));
    }

    private static Column.Role alone(Column column) {
        return new Column.Role(column.primaryKey(), true, column.item("ForeignKey") != null);
    }

    /** A column of a table that is there. */
    void add(Column column, boolean inlinePrimaryKey) {
        createColumn(column, alone(column));
        if (inlinePrimaryKey && column.primaryKey()) {
            constraints.plainPrimaryKey(column.name());
        }
        ofColumn(column, false);
        constraints.done();
        checkOf(column);
        indexOf(column, true);
    }

    private void createColumn(Column column, Column.Role role) {
        Definition.Column definition = column.definition(role.inKey());
        EnumType enumeration = column.type().enumeration();
        if (enumeration != null && enumeration.ofTable()) {
            String many = String.valueOf(column.type().name()).endsWith("[]") ? "[]" : "";
            definition = definition.withType(ColumnType.printed(table.schema(), enumeration.name()) + many);
        }
        switch (column.serial(role)) {
            case YES -> definition = definition.withDefault(table.createSequenceOf(column.name()));
            case PERHAPS -> {
                // A number of another type, which SQLAlchemy made serial before 2.1.
                definition = definition.withType(null).withHasDefault(null);
                table.perhaps().createSequenceOf(column.name());
            }
            case NO -> {
                if (definition.identity() != null) {
                    table.createSequenceOf(column.name());
                }
            }
        }
        at.create(table.column(column.name()), definition);
    }

    /** @param tableIsNew whether keys that wait until all tables are there are left out */
    private void ofColumn(Column column, boolean tableIsNew) {
        for (Made item : column.items()) {
            switch (Symbols.last(item)) {
                case "ForeignKey" -> attempt(item, () -> {
                    if (!tableIsNew || !isLater(item)) {
                        NamedArguments arguments = new NamedArguments(item, "column");
                        constraints.foreignKey(arguments, List.of(column.name()), arguments.find("column"));
                    }
                });
                case "CheckConstraint", "UniqueConstraint" -> attempt(item, () -> constraints.add(item));
                default -> {
                    // What is left belongs to the column itself.
                }
            }
        }
        if (column.arguments().isTrue("unique") && !column.arguments().isTrue("index")) {
            attempt("unique " + column.name(),
                    () -> constraints.unique(null, List.of(column.name()), NamedArguments.NONE));
        }
    }

    /** The check that comes with a column whose enum is no type of the database. */
    private void checkOf(Column column) {
        checkOf(column.name(), column.type().check(), true);
    }

    /** @param create whether it is made; else dropped */
    void checkOf(String column, EnumType.@Nullable Check check, boolean create) {
        if (check != null) {
            attempt("check of " + column, () -> constraints.checkOf(column, check, create));
        }
    }

    private void sequence(Made item) throws UnknownEffect {
        NamedArguments arguments = new NamedArguments(item, "name");
        if (!arguments.isTrue("optional")) {
            at.only(true).create(Constructs.sequence(arguments));
        }
    }

    /** @param added whether the table was there before */
    private void indexOf(Column column, boolean added) {
        if (column.arguments().isTrue("index")) {
            attempt("index of " + column.name(), () -> indexes.ofColumn(column));
        }
        String spatial = column.type().spatialIndex();
        if (spatial != null) {
            attempt("index of " + column.name(), () -> indexes.spatial(column.name(), spatial, added));
        }
    }

    /** Adds effects, if all that they need is known. */
    private interface Addition {
        void run() throws UnknownEffect;
    }

    private void attempt(Made item, Addition addition) {
        attempt(Symbols.last(item), addition);
    }

    private void attempt(String what, Addition addition) {
        try {
            addition.run();
        } catch (UnknownEffect notKnown) {
            at.unknown(what + " of " + table.table(), notKnown.reason(), Reach.of(Set.of(table.table())));
        }
    }
}
