package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.NewConstraints;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.TableChanges;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.TableChanges.Constraint;
import dev.migrationledger.agent.tool.alembic.footprint.sql.LiteralSql;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol.Made;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Columns, constraints and indexes of one table, as SQLAlchemy makes them of what a script declares. */
final class Items {

    private final TableChanges table;
    private final Changes.At at;
    private final NewConstraints constraints;

    Items(Changes.At at, @Nullable String schema, String table) {
        this.table = new TableChanges(at, schema, table);
        this.at = at;
        this.constraints = new NewConstraints(this.table);
    }

    TableChanges table() {
        return table;
    }

    /**
     * A whole new table.
     *
     * @param symbols its columns, constraints and indexes
     */
    void create(List<Symbol> symbols, Map<String, String> properties) {
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
                        columns.add(Column.of(symbol));
                    } catch (NotKnown notKnown) {
                        at.unknown(table.table(), "one of the table's items is computed");
                    }
                }
            }
        }
        Set<String> along = new LinkedHashSet<>();
        for (Column column : columns) {
            Enumeration enumeration = column.type().enumeration();
            if (enumeration != null && enumeration.comesAlong() && along.add(enumeration.name())) {
                enumeration.create(at);
            }
        }
        at.create(table.name(), properties);
        List<String> key = key(columns, declared);
        for (Column column : columns) {
            createColumn(column, key.contains(column.name()), key.size() == 1 && key.contains(column.name()));
        }
        primaryKey(key, declared);
        columns.forEach(this::ofColumn);
        for (Made constraint : declared) {
            if (!Symbols.last(constraint).equals("PrimaryKeyConstraint")) {
                said(constraint, () -> constraint(constraint));
            }
        }
        constraints.done();
        columns.forEach(column -> indexOf(column, false));
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
        Made said = declared.stream().filter(made -> Symbols.last(made).equals("PrimaryKeyConstraint"))
                .findFirst().orElse(null);
        Symbol name = said == null ? null : new Arguments(said).find("name");
        if (name != null && Symbols.text(name) == null) {
            at.unknown(table.table(), "the name of its primary key is computed");
        } else {
            constraints.add(Constraint.PRIMARY_KEY, Symbols.text(name), key, Map.of());
        }
    }

    /** Creates the constraints that were declared one by one. */
    void done() {
        constraints.done();
    }

    /** A column of a table that is there, without what GeoAlchemy2 adds to it. */
    void addPlain(Column column) {
        createColumn(column, column.primaryKey(), column.primaryKey());
    }

    /** A column of a table that is there. */
    void add(Column column, boolean inlinePrimaryKey) {
        createColumn(column, column.primaryKey(), column.primaryKey());
        if (inlinePrimaryKey && column.primaryKey()) {
            constraints.add(Constraint.PRIMARY_KEY, null, List.of(column.name()), Map.of());
        }
        ofColumn(column);
        constraints.done();
        indexOf(column, true);
    }

    private void createColumn(Column column, boolean inKey, boolean alone) {
        Map<String, String> properties = column.properties(inKey);
        if (column.serial(alone)) {
            properties.put("default", table.createSequenceOf(column.name()));
        } else if (properties.containsKey("identity")) {
            table.createSequenceOf(column.name());
        }
        table.createColumn(column.name(), properties);
    }

    private void ofColumn(Column column) {
        for (Made item : column.items()) {
            switch (Symbols.last(item)) {
                case "ForeignKey" -> said(item, () -> {
                    Arguments arguments = new Arguments(item, "column");
                    foreignKey(arguments, List.of(column.name()), arguments.find("column"));
                });
                case "CheckConstraint", "UniqueConstraint" -> said(item, () -> constraint(item));
                case "Sequence" -> said(item, () -> sequence(item));
                default -> {
                    // What is left belongs to the column itself.
                }
            }
        }
        if (column.arguments().isTrue("unique") && !column.arguments().isTrue("index")) {
            constraints.add(Constraint.UNIQUE, null, List.of(column.name()), Map.of());
        }
    }

    private void sequence(Made item) throws NotKnown {
        Arguments arguments = new Arguments(item, "name");
        if (!arguments.isTrue("optional")) {
            at.only(true).create(Constructs.sequence(arguments), Map.of());
        }
    }

    /** @param added whether the table was there before */
    private void indexOf(Column column, boolean added) {
        if (column.arguments().isTrue("index")) {
            table.createIndex(labelled(column.name()), List.of(column.name()), Map.of(
                    "unique", String.valueOf(column.arguments().isTrue("unique")), "name", "implied"));
        }
        String spatial = column.type().spatialIndex();
        if (spatial != null) {
            Map<String, String> properties = new TreeMap<>(Map.of("unique", "false", "method", "gist"));
            if (added) {
                // GeoAlchemy2 before 0.10 made it with a new table only, so nobody is to miss it.
                properties.put("name", "implied");
            }
            table.createIndex(
                    "idx_" + table.table() + "_" + column.name(),
                    List.of(spatial.isEmpty() ? column.name() : "(" + spatial + "(" + column.name() + "))"),
                    properties);
        }
    }

    /** As SQLAlchemy names an index that has no name. */
    private String labelled(String column) {
        String schema = table.schema() == null ? "" : table.schema().replace('.', '_') + "_";
        return Symbols.cut("ix_" + schema + table.table() + "_" + column);
    }

    private interface Saying {
        void say() throws NotKnown;
    }

    private void said(Made item, Saying saying) {
        try {
            saying.say();
        } catch (NotKnown notKnown) {
            at.unknown(Symbols.last(item) + " of " + table.table(), notKnown.reason());
        }
    }

    /** A constraint or index by SQLAlchemy's class. */
    void constraint(Made made) throws NotKnown {
        switch (Symbols.last(made)) {
            case "UniqueConstraint" -> unique(new Arguments(made), texts(made.positional()));
            case "PrimaryKeyConstraint" -> constraints.add(
                    Constraint.PRIMARY_KEY, new Arguments(made).textOrNone("name"), texts(made.positional()),
                    Map.of());
            case "ForeignKeyConstraint" -> {
                Arguments arguments = new Arguments(made, "columns", "refcolumns", "name");
                List<String> remote = arguments.texts("refcolumns");
                foreignKey(arguments, arguments.texts("columns"),
                        remote.isEmpty() ? null : new Symbol.Text(remote.getFirst()));
            }
            case "CheckConstraint" -> {
                Arguments arguments = new Arguments(made, "sqltext", "name");
                check(arguments.textOrNone("name"), arguments.find("sqltext"));
            }
            case "ExcludeConstraint" -> exclude(new Arguments(made), made.positional());
            case "Index" -> {
                Arguments arguments = new Arguments(made, "name");
                index(arguments.textOrNone("name"), arguments.rest(), arguments);
            }
            default -> throw new NotKnown("this kind of constraint is not followed");
        }
    }

    void unique(Arguments arguments, List<String> columns) throws NotKnown {
        constraints.add(Constraint.UNIQUE, arguments.textOrNone("name"), columns, Map.of());
    }

    /** @param remote a column of the other table, as {@code table.column} */
    private void foreignKey(Arguments arguments, List<String> columns, @Nullable Symbol remote) throws NotKnown {
        Map<String, String> properties = new TreeMap<>();
        String target = Symbols.text(remote);
        if (target != null) {
            int dot = target.lastIndexOf('.');
            properties.put("references", dot < 0 ? target : target.substring(0, dot));
        }
        foreignKey(arguments.textOrNone("name"), columns, properties, arguments);
    }

    void foreignKey(@Nullable String name, List<String> columns, Map<String, String> properties, Arguments arguments) {
        Map<String, String> all = new TreeMap<>(properties);
        for (String action : List.of("ondelete", "onupdate")) {
            String text = Symbols.text(arguments.find(action));
            if (text != null) {
                all.put(action, text);
            }
        }
        constraints.add(Constraint.FOREIGN_KEY, name, columns, all);
    }

    void check(@Nullable String name, @Nullable Symbol condition) {
        String sql = condition == null ? null : SqlValue.ofCondition(condition);
        List<String> columns = sql == null ? List.of() : LiteralSql.columnsIn(sql);
        constraints.add(Constraint.CHECK, name, columns, sql == null ? Map.of() : Map.of("expression", sql));
    }

    /** @param elements pairs of a column or expression and an operator */
    void exclude(Arguments arguments, List<Symbol> elements) throws NotKnown {
        List<String> columns = new ArrayList<>();
        for (Symbol element : elements) {
            if (element instanceof Symbol.Items pair && !pair.values().isEmpty()) {
                columns.add(columnOrExpression(pair.values().getFirst()));
            }
        }
        constraints.add(Constraint.EXCLUDE, arguments.textOrNone("name"), columns, Map.of());
    }

    void index(@Nullable String name, List<Symbol> columns, Arguments arguments) {
        List<String> over = columns.stream().map(Items::columnOrExpression).toList();
        Map<String, String> properties = new TreeMap<>();
        properties.put("unique", String.valueOf(arguments.isTrue("unique")));
        String method = Symbols.text(arguments.find("postgresql_using"));
        if (method != null) {
            properties.put("method", method);
        }
        Symbol where = arguments.find("postgresql_where");
        String condition = where == null ? null : SqlValue.ofCondition(where);
        if (condition != null) {
            properties.put("where", condition);
        }
        if (name == null && !over.isEmpty()) {
            properties.put("name", "implied");
        }
        table.createIndex(
                name == null && !over.isEmpty() ? labelled(over.getFirst()) : name, over, properties);
    }

    private static String columnOrExpression(Symbol column) {
        String name = Symbols.text(column);
        if (name != null) {
            return name;
        }
        if (Symbols.last(column).equals("column") && column instanceof Made made && !made.positional().isEmpty()) {
            return columnOrExpression(made.positional().getFirst());
        }
        String sql = SqlValue.ofCondition(column);
        return sql == null ? "(expression)" : sql.startsWith("(") ? sql : "(" + sql + ")";
    }

    private static List<String> texts(List<Symbol> symbols) throws NotKnown {
        List<String> texts = new ArrayList<>();
        for (Symbol symbol : symbols) {
            String text = Symbols.text(symbol);
            if (text == null) {
                throw new NotKnown("one of its columns is computed");
            }
            texts.add(text);
        }
        return texts;
    }
}
