package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention.Given;
import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention.Subject;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Names;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.NewConstraints;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.TableChanges;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.TableChanges.Constraint;
import dev.migrationledger.agent.tool.alembic.footprint.sql.LiteralSql;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol.Made;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Columns, constraints and indexes of one table, as SQLAlchemy makes them of what a script declares. */
final class Items {

    /** As the script has it: SQLAlchemy makes names of the whole, and PostgreSQL keeps a part. */
    private final String given;

    private final TableChanges table;
    private final Changes.At at;
    private final NamingConvention convention;
    private final NewConstraints constraints;

    Items(Changes.At at, @Nullable String schema, String table, NamingConvention convention) {
        this.given = table;
        this.table = new TableChanges(at, schema, Names.kept(table));
        this.at = at;
        this.convention = convention;
        this.constraints = new NewConstraints(this.table);
    }

    TableChanges table() {
        return table;
    }

    /**
     * A whole new table.
     *
     * @param symbols its columns, constraints and indexes
     * @param sequences whether sequences that its columns name are created before it: Alembic's operation leaves them out
     */
    void create(List<Symbol> symbols, Map<String, String> properties, boolean sequences) {
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
                    } catch (NotKnown notKnown) {
                        at.unknown(table.table(), "one of the table's items is computed");
                    }
                }
            }
        }
        for (Column column : columns) {
            Enumeration enumeration = column.type().enumeration();
            if (enumeration != null) {
                enumeration.createAlong(at, table.schema());
            }
            Made sequence = column.item("Sequence");
            if (sequences && sequence != null) {
                said(sequence, () -> sequence(sequence));
            }
        }
        at.create(table.name(), properties);
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
                said(constraint, () -> constraint(constraint));
            }
        }
        constraints.done();
        columns.forEach(this::checkOf);
        columns.forEach(column -> indexOf(column, false));
    }

    /** A key that waits until all tables are there, which Alembic never comes to. */
    private static boolean isLater(Made constraint) {
        return new Arguments(constraint).isTrue("use_alter");
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
                    && new Arguments(constraint, "columns").find("columns") instanceof Symbol.Items local) {
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
        Made said = declared.stream().filter(made -> Symbols.last(made).equals("PrimaryKeyConstraint"))
                .findFirst().orElse(null);
        try {
            primaryKey(said == null ? null : new Arguments(said).given("name"), key);
        } catch (NotKnown notKnown) {
            at.unknown(table.table(), "the name of its primary key is not known: " + notKnown.reason());
        }
    }

    void primaryKey(@Nullable Given given, List<String> columns) throws NotKnown {
        constraints.add(Constraint.PRIMARY_KEY, name(Constraint.PRIMARY_KEY, given, columns), columns, Map.of());
    }

    private @Nullable String name(Constraint kind, @Nullable Given given, @Nullable List<String> columns)
            throws NotKnown {
        return convention.name(kind, given, subject(columns));
    }

    /** @param columns as a naming convention sees them: a text says none */
    private Subject subject(@Nullable List<String> columns) {
        return new Subject(table.schema(), given, columns);
    }

    /** A primary key of a table that is there, whose columns can no longer be null. */
    void addPrimaryKey(@Nullable Given given, List<String> columns) throws NotKnown {
        table.addPrimaryKey(name(Constraint.PRIMARY_KEY, given, columns), columns);
    }

    /**
     * A constraint that was made before.
     *
     * @param type as Alembic says it; absent: it is not said, and no convention applies
     */
    ObjectName dropped(Given given, @Nullable String type) throws NotKnown {
        Constraint kind = switch (type) {
            case "foreignkey" -> Constraint.FOREIGN_KEY;
            case "primary" -> Constraint.PRIMARY_KEY;
            case "unique" -> Constraint.UNIQUE;
            case "check" -> Constraint.CHECK;
            case null, default -> null;
        };
        String name = kind == null ? null : name(kind, given, List.of());
        return table.constraint(Names.kept(name == null ? given.name() : name));
    }

    /** Creates the constraints that were declared one by one. */
    void done() {
        constraints.done();
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
            constraints.add(Constraint.PRIMARY_KEY, null, List.of(column.name()), Map.of());
        }
        ofColumn(column, false);
        constraints.done();
        checkOf(column);
        indexOf(column, true);
    }

    private void createColumn(Column column, Column.Role role) {
        Map<String, String> properties = column.properties(role.inKey());
        Enumeration enumeration = column.type().enumeration();
        if (enumeration != null && enumeration.ofTable()) {
            String many = String.valueOf(column.type().name()).endsWith("[]") ? "[]" : "";
            properties.put("type", ColumnType.printed(table.schema(), enumeration.name()) + many);
        }
        switch (column.serial(role)) {
            case YES -> {
                properties.remove("generated");
                properties.remove("hasDefault");
                properties.put("default", table.createSequenceOf(column.name()));
            }
            case PERHAPS -> {
                // A number of another type, which SQLAlchemy made serial before 2.1.
                properties.remove("type");
                properties.remove("hasDefault");
                new TableChanges(at.perhaps(), table.schema(), table.table()).createSequenceOf(column.name());
            }
            case NO -> {
                if (properties.containsKey("identity")) {
                    table.createSequenceOf(column.name());
                }
            }
        }
        table.createColumn(column.name(), properties);
    }

    /** @param tableIsNew whether keys that wait until all tables are there are left out */
    private void ofColumn(Column column, boolean tableIsNew) {
        for (Made item : column.items()) {
            switch (Symbols.last(item)) {
                case "ForeignKey" -> said(item, () -> {
                    Arguments arguments = new Arguments(item, "column");
                    if (!tableIsNew || !isLater(item)) {
                        foreignKey(arguments, List.of(column.name()), arguments.find("column"));
                    }
                });
                case "CheckConstraint", "UniqueConstraint" -> said(item, () -> constraint(item));
                default -> {
                    // What is left belongs to the column itself.
                }
            }
        }
        if (column.arguments().isTrue("unique") && !column.arguments().isTrue("index")) {
            saying("unique " + column.name(), () -> constraints.add(
                    Constraint.UNIQUE, name(Constraint.UNIQUE, null, List.of(column.name())), List.of(column.name()),
                    Map.of("timing", "IMMEDIATE")));
        }
    }

    /** The check that comes with a column whose enum is no type of the database. */
    void checkOf(Column column) {
        checkOf(column.name(), column.type().check(), true);
    }

    /** @param create whether it is made; else dropped */
    void checkOf(String column, Enumeration.@Nullable Check check, boolean create) {
        if (check == null) {
            return;
        }
        TableChanges here = check.certain() ? table : new TableChanges(at.perhaps(), table.schema(), table.table());
        saying("check of " + column, () -> {
            String name = name(Constraint.CHECK, check.name() == null ? null : new Given(check.name(), false),
                    List.of(column));
            if (create) {
                here.createConstraint(Constraint.CHECK, name, List.of(column), Map.of());
            } else if (name != null) {
                here.at().drop(table.constraint(Names.kept(name)));
            }
        });
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
            saying("index of " + column.name(), () -> createIndex(
                    null, List.of(column.name()), List.of(column.name()),
                    Map.of("unique", String.valueOf(column.arguments().isTrue("unique")))));
        }
        String spatial = column.type().spatialIndex();
        if (spatial != null) {
            Map<String, String> properties = new TreeMap<>(Map.of("unique", "false", "method", "gist"));
            if (added) {
                // GeoAlchemy2 before 0.10 made it with a new table only, so nobody is to miss it.
                properties.put("name", "implied");
            }
            String over = spatial.isEmpty() ? column.name() : "(" + spatial + "(" + column.name() + "))";
            saying("index of " + column.name(), () -> createIndex(
                    new Given("idx_" + table.table() + "_" + column.name(), false), List.of(over), null, properties));
        }
    }

    /** @param inName its columns as a naming convention sees them; absent: they cannot be known */
    private void createIndex(
            @Nullable Given given, List<String> over, @Nullable List<String> inName, Map<String, String> properties)
            throws NotKnown {
        Map<String, String> all = new TreeMap<>(properties);
        if (given == null && !convention.known()) {
            all.put("name", "implied");
        }
        table.createIndex(convention.indexName(given, subject(inName)), over, all);
    }

    private interface Saying {
        void say() throws NotKnown;
    }

    private void said(Made item, Saying saying) {
        saying(Symbols.last(item), saying);
    }

    private void saying(String what, Saying saying) {
        try {
            saying.say();
        } catch (NotKnown notKnown) {
            at.unknown(what + " of " + table.table(), notKnown.reason(), Reach.of(Set.of(table.table())));
        }
    }

    /** A constraint or index by SQLAlchemy's class. */
    void constraint(Made made) throws NotKnown {
        switch (Symbols.last(made)) {
            case "UniqueConstraint" -> {
                Arguments arguments = new Arguments(made);
                unique(arguments.given("name"), texts(made.positional()), arguments);
            }
            case "PrimaryKeyConstraint" -> primaryKey(new Arguments(made).given("name"), texts(made.positional()));
            case "ForeignKeyConstraint" -> {
                Arguments arguments = new Arguments(made, "columns", "refcolumns", "name");
                List<String> remote = arguments.texts("refcolumns");
                foreignKey(arguments, arguments.texts("columns"),
                        remote.isEmpty() ? null : new Symbol.Text(remote.getFirst()));
            }
            case "CheckConstraint" -> {
                Arguments arguments = new Arguments(made, "sqltext", "name");
                check(arguments.given("name"), arguments.find("sqltext"));
            }
            case "ExcludeConstraint" -> exclude(new Arguments(made), made.positional());
            case "Index" -> {
                Arguments arguments = new Arguments(made, "name");
                index(arguments.given("name"), arguments.rest(), arguments);
            }
            default -> throw new NotKnown("this kind of constraint is not followed");
        }
    }

    void unique(@Nullable Given given, List<String> columns, Arguments arguments) throws NotKnown {
        constraints.add(Constraint.UNIQUE, name(Constraint.UNIQUE, given, columns), columns, timing(arguments));
    }

    /** @param remote a column of the other table, as {@code table.column} */
    private void foreignKey(Arguments arguments, List<String> columns, @Nullable Symbol remote) throws NotKnown {
        String target = Symbols.path(remote);
        int dot = target == null ? -1 : target.lastIndexOf('.');
        foreignKey(
                arguments.given("name"), columns, target == null || dot < 0 ? target : target.substring(0, dot),
                target == null ? null : remoteColumns(arguments, target.substring(dot + 1)), arguments);
    }

    private static @Nullable List<String> remoteColumns(Arguments arguments, String first) throws NotKnown {
        if (!(arguments.find("refcolumns") instanceof Symbol.Items)) {
            return List.of(first);
        }
        return arguments.texts("refcolumns").stream().map(one -> one.substring(one.lastIndexOf('.') + 1)).toList();
    }

    /**
     * @param referred the other table, with its schema if it has one; absent: it cannot be known
     * @param remote columns of the other table; absent: they cannot be known
     */
    void foreignKey(
            @Nullable Given given, List<String> columns, @Nullable String referred, @Nullable List<String> remote,
            Arguments arguments) throws NotKnown {
        Map<String, String> properties = new TreeMap<>();
        String plain = null;
        if (referred != null) {
            properties.put("references", referred);
            properties.put("validated", String.valueOf(!arguments.isTrue("postgresql_not_valid")));
            plain = referred.substring(referred.lastIndexOf('.') + 1);
        }
        for (String action : List.of("ondelete", "onupdate")) {
            Symbol symbol = arguments.find(action);
            String text = symbol == null && arguments.complete() ? "NO ACTION" : Symbols.text(symbol);
            if (text != null) {
                properties.put(action, text);
            }
        }
        properties.putAll(timing(arguments));
        String name = convention.name(Constraint.FOREIGN_KEY, given,
                new Subject(table.schema(), table.table(), columns, plain, remote));
        constraints.add(Constraint.FOREIGN_KEY, name, columns, properties);
    }

    /** When a key is checked; empty where it is not known. */
    private static Map<String, String> timing(Arguments arguments) {
        Symbol deferrable = arguments.find("deferrable");
        Symbol initially = arguments.find("initially");
        String word = Symbols.text(initially);
        if (!arguments.complete() || (deferrable != null && !(deferrable instanceof Symbol.Truth))
                || (initially != null && word == null)) {
            return Map.of();
        }
        return Map.of("timing", "DEFERRED".equalsIgnoreCase(word)
                ? "DEFERRED"
                : arguments.isTrue("deferrable") ? "DEFERRABLE" : "IMMEDIATE");
    }

    void check(@Nullable Given given, @Nullable Symbol condition) throws NotKnown {
        String sql = condition == null ? null : SqlValue.ofCondition(condition);
        List<String> columns = sql == null ? List.of() : LiteralSql.columnsIn(sql);
        boolean text = condition instanceof Symbol.Text
                || (condition != null && Symbols.last(condition).equals("text"));
        constraints.add(
                Constraint.CHECK, name(Constraint.CHECK, given, text ? List.of() : null), columns,
                sql == null
                        ? Map.of("validated", "not known")
                        : Map.of("expression", sql, "validated", "not known"));
    }

    /** @param elements pairs of a column or expression and an operator */
    void exclude(Arguments arguments, List<Symbol> elements) throws NotKnown {
        List<String> columns = new ArrayList<>();
        for (Symbol element : elements) {
            if (element instanceof Symbol.Items pair && !pair.values().isEmpty()) {
                columns.add(columnOrExpression(pair.values().getFirst()));
            }
        }
        constraints.add(
                Constraint.EXCLUDE, name(Constraint.EXCLUDE, arguments.given("name"), columns), columns, Map.of());
    }

    void index(@Nullable Given given, List<Symbol> columns, Arguments arguments) throws NotKnown {
        List<String> over = columns.stream().flatMap(Items::columnsOrExpressions).toList();
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
        createIndex(given, over, inName(columns), properties);
    }

    /** Alembic takes a text for a column of that name. */
    private static @Nullable List<String> inName(List<Symbol> columns) {
        List<String> names = columns.stream().map(column -> Symbols.last(column).equals("text")
                && column instanceof Made made && !made.positional().isEmpty()
                        ? Symbols.text(made.positional().getFirst())
                        : Symbols.text(column))
                .filter(Objects::nonNull).toList();
        return names.size() == columns.size() ? names : null;
    }

    /** One text may hold several. */
    private static Stream<String> columnsOrExpressions(Symbol column) {
        String text = Symbols.last(column).equals("text") ? SqlValue.ofCondition(column) : null;
        List<String> parts = text == null ? List.of() : SqlValue.parts(text);
        return parts.size() < 2 ? Stream.of(columnOrExpression(column)) : parts.stream().map(Items::bracketed);
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
        return sql == null ? "(expression)" : bracketed(sql);
    }

    private static String bracketed(String sql) {
        return sql.startsWith("(") ? sql : "(" + sql + ")";
    }

    private static List<String> texts(List<Symbol> symbols) throws NotKnown {
        List<String> texts = new ArrayList<>();
        for (Symbol symbol : symbols) {
            String text = Symbols.text(symbol);
            if (text == null) {
                throw new NotKnown("one of its columns is computed");
            }
            texts.add(Names.kept(text));
        }
        return texts;
    }
}
