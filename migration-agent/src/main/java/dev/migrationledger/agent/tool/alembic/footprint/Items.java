package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention.Given;
import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention.Subject;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Names;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.NewConstraints;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.TableChanges;
import dev.migrationledger.agent.tool.alembic.footprint.sql.LiteralSql;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol.Made;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.Definition.Action;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Timing;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
        add(ConstraintType.PRIMARY_KEY, given, columns);
    }

    private void add(ConstraintType kind, @Nullable Given given, List<String> columns) throws NotKnown {
        add(kind, given, columns, null);
    }

    private void add(
            ConstraintType kind, @Nullable Given given, List<String> columns, @Nullable Timing timing)
            throws NotKnown {
        constraints.add(name(kind, given, columns), NewConstraints.valid(kind, columns).withTiming(timing));
    }

    private @Nullable String name(ConstraintType kind, @Nullable Given given, @Nullable List<String> columns)
            throws NotKnown {
        return convention.name(kind, given, subject(columns));
    }

    /** @param columns as a naming convention sees them: a text says none */
    private Subject subject(@Nullable List<String> columns) {
        return new Subject(table.schema(), given, columns);
    }

    /** A primary key of a table that is there, whose columns can no longer be null. */
    void addPrimaryKey(@Nullable Given given, List<String> columns) throws NotKnown {
        table.addPrimaryKey(name(ConstraintType.PRIMARY_KEY, given, columns), columns);
    }

    /**
     * A constraint that was made before.
     *
     * @param type as Alembic says it; absent: it is not said, and no convention applies
     */
    ObjectName dropped(Given given, @Nullable String type) throws NotKnown {
        ConstraintType kind = switch (type) {
            case "foreignkey" -> ConstraintType.FOREIGN_KEY;
            case "primary" -> ConstraintType.PRIMARY_KEY;
            case "unique" -> ConstraintType.UNIQUE;
            case "check" -> ConstraintType.CHECK;
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
            constraints.add(null, NewConstraints.valid(ConstraintType.PRIMARY_KEY, List.of(column.name())));
        }
        ofColumn(column, false);
        constraints.done();
        checkOf(column);
        indexOf(column, true);
    }

    private void createColumn(Column column, Column.Role role) {
        Definition.Column definition = column.definition(role.inKey());
        Enumeration enumeration = column.type().enumeration();
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
            saying("unique " + column.name(), () -> add(
                    ConstraintType.UNIQUE, null, List.of(column.name()), Timing.IMMEDIATE));
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
        TableChanges here = check.certain() ? table : table.perhaps();
        saying("check of " + column, () -> {
            String name = name(ConstraintType.CHECK, check.name() == null ? null : new Given(check.name(), false),
                    List.of(column));
            if (create) {
                here.createConstraint(name, NewConstraints.valid(ConstraintType.CHECK, List.of(column)));
            } else if (name != null) {
                here.at().drop(table.constraint(Names.kept(name)));
            }
        });
    }

    private void sequence(Made item) throws NotKnown {
        Arguments arguments = new Arguments(item, "name");
        if (!arguments.isTrue("optional")) {
            at.only(true).create(Constructs.sequence(arguments));
        }
    }

    /** @param added whether the table was there before */
    private void indexOf(Column column, boolean added) {
        if (column.arguments().isTrue("index")) {
            saying("index of " + column.name(), () -> createIndex(
                    null, List.of(column.name()), false,
                    Index.of(null, List.of(column.name()), column.arguments().isTrue("unique"))));
        }
        String spatial = column.type().spatialIndex();
        if (spatial != null) {
            String over = spatial.isEmpty() ? column.name() : "(" + spatial + "(" + column.name() + "))";
            // GeoAlchemy2 before 0.10 made it with a new table only, so nobody is to miss it elsewhere.
            saying("index of " + column.name(), () -> createIndex(
                    new Given("idx_" + table.table() + "_" + column.name(), false), null, added,
                    Index.of(null, List.of(over), false).withMethod("gist")));
        }
    }

    /**
     * @param inName its columns as a naming convention sees them; absent: they cannot be known
     * @param impliedName whether it may have another name
     */
    private void createIndex(
            @Nullable Given given, @Nullable List<String> inName, boolean impliedName, Index index) throws NotKnown {
        table.createIndex(convention.indexName(given, subject(inName)),
                impliedName || (given == null && !convention.known()), index);
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
        add(ConstraintType.UNIQUE, given, columns, timing(arguments));
    }

    /** @param remote a column of the other table, as {@code table.column} */
    private void foreignKey(Arguments arguments, List<String> columns, @Nullable Symbol remote) throws NotKnown {
        String target = Symbols.path(remote);
        int dot = target == null ? -1 : target.lastIndexOf('.');
        foreignKey(
                arguments.given("name"), columns,
                target == null ? null : table(dot < 0 ? target : target.substring(0, dot)),
                target == null ? null : remoteColumns(arguments, target.substring(dot + 1)), arguments);
    }

    private static ObjectName table(String path) {
        int dot = path.lastIndexOf('.');
        return ObjectName.table(dot < 0 ? null : path.substring(0, dot), path.substring(dot + 1));
    }

    private static @Nullable List<String> remoteColumns(Arguments arguments, String first) throws NotKnown {
        if (!(arguments.find("refcolumns") instanceof Symbol.Items)) {
            return List.of(first);
        }
        return arguments.texts("refcolumns").stream().map(one -> one.substring(one.lastIndexOf('.') + 1)).toList();
    }

    /**
     * @param referred the other table; absent: it cannot be known
     * @param remote columns of the other table; absent: they cannot be known
     */
    void foreignKey(
            @Nullable Given given, List<String> columns, @Nullable ObjectName referred, @Nullable List<String> remote,
            Arguments arguments) throws NotKnown {
        String name = convention.name(ConstraintType.FOREIGN_KEY, given, new Subject(
                table.schema(), table.table(), columns, referred == null ? null : referred.name(), remote));
        constraints.add(name, NewConstraints.valid(ConstraintType.FOREIGN_KEY, columns)
                .withReferences(referred == null ? null : table.referred(referred))
                .withValidated(!arguments.isTrue("postgresql_not_valid"))
                .withActions(action(arguments, "onupdate"), action(arguments, "ondelete"), null)
                .withTiming(timing(arguments)));
    }

    /** Absent: it is not known. */
    private static @Nullable Action action(Arguments arguments, String event) {
        Symbol symbol = arguments.find(event);
        String text = Symbols.text(symbol);
        return text != null ? Action.of(text) : symbol == null && arguments.complete() ? Action.NO_ACTION : null;
    }

    /** When a key is checked; absent where it is not known. */
    private static @Nullable Timing timing(Arguments arguments) {
        Symbol deferrable = arguments.find("deferrable");
        Symbol initially = arguments.find("initially");
        String word = Symbols.text(initially);
        if (!arguments.complete() || (deferrable != null && !(deferrable instanceof Symbol.Truth))
                || (initially != null && word == null)) {
            return null;
        }
        return "DEFERRED".equalsIgnoreCase(word)
                ? Timing.DEFERRED
                : arguments.isTrue("deferrable") ? Timing.DEFERRABLE : Timing.IMMEDIATE;
    }

    void check(@Nullable Given given, @Nullable Symbol condition) throws NotKnown {
        String sql = condition == null ? null : SqlValue.ofCondition(condition);
        List<String> columns = sql == null ? List.of() : LiteralSql.columnsIn(sql);
        boolean text = condition instanceof Symbol.Text
                || (condition != null && Symbols.last(condition).equals("text"));
        constraints.add(name(ConstraintType.CHECK, given, text ? List.of() : null),
                NewConstraints.valid(ConstraintType.CHECK, columns).withExpression(sql).withValidated(null));
    }

    /** @param elements pairs of a column or expression and an operator */
    void exclude(Arguments arguments, List<Symbol> elements) throws NotKnown {
        List<String> columns = new ArrayList<>();
        for (Symbol element : elements) {
            if (element instanceof Symbol.Items pair && !pair.values().isEmpty()) {
                columns.add(columnOrExpression(pair.values().getFirst()));
            }
        }
        add(ConstraintType.EXCLUDE, arguments.given("name"), columns);
    }

    void index(@Nullable Given given, List<Symbol> columns, Arguments arguments) throws NotKnown {
        List<String> over = columns.stream().flatMap(Items::columnsOrExpressions).toList();
        Symbol where = arguments.find("postgresql_where");
        createIndex(given, inName(columns), false, Index.of(null, over, arguments.isTrue("unique"))
                .withMethod(Symbols.text(arguments.find("postgresql_using")))
                .withWhere(where == null ? null : SqlValue.ofCondition(where)));
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
