package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.sql.effect.GeneratedNames;
import dev.migrationledger.agent.sql.effect.NewConstraints;
import dev.migrationledger.agent.sql.effect.TableChanges;
import dev.migrationledger.agent.sql.postgresql.LiteralSql;
import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention.Given;
import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention.Subject;
import dev.migrationledger.contracts.schema.Definition.Action;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Timing;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Constraints of one table, as SQLAlchemy makes them of what a script declares. */
final class TableConstraints {

    private final TableChanges table;
    private final String tableName;
    private final NamingConvention convention;
    private final NewConstraints constraints;

    /** @param tableName as the script has it */
    TableConstraints(TableChanges table, String tableName, NamingConvention convention) {
        this.table = table;
        this.tableName = tableName;
        this.convention = convention;
        this.constraints = new NewConstraints(table);
    }

    /** One more by SQLAlchemy's class. */
    void add(Made made) throws UnknownEffect {
        switch (Symbols.last(made)) {
            case "UniqueConstraint" -> {
                NamedArguments arguments = new NamedArguments(made);
                unique(arguments.given("name"), texts(made.positional()), arguments);
            }
            case "ForeignKeyConstraint" -> {
                NamedArguments arguments = new NamedArguments(made, "columns", "refcolumns", "name");
                List<String> remote = arguments.texts("refcolumns");
                foreignKey(arguments, arguments.texts("columns"),
                        remote.isEmpty() ? null : new Symbol.Text(remote.getFirst()));
            }
            case "CheckConstraint" -> {
                NamedArguments arguments = new NamedArguments(made, "sqltext", "name");
                check(arguments.given("name"), arguments.find("sqltext"), arguments);
            }
            case "ExcludeConstraint" -> exclude(new NamedArguments(made), made.positional());
            default -> throw new UnknownEffect(new UnknownOperation(Part.CONSTRAINT_KIND));
        }
    }

    void primaryKey(@Nullable Given given, List<String> columns) throws UnknownEffect {
        add(ConstraintType.PRIMARY_KEY, given, columns, null);
    }

    /** A primary key that PostgreSQL names. */
    void plainPrimaryKey(String column) {
        constraints.add(null, NewConstraints.valid(ConstraintType.PRIMARY_KEY, List.of(column)));
    }

    /** A primary key of a table that is there, whose columns can no longer be null. */
    void addPrimaryKey(@Nullable Given given, List<String> columns) throws UnknownEffect {
        table.addPrimaryKey(name(ConstraintType.PRIMARY_KEY, given, columns), columns);
    }

    void unique(@Nullable Given given, List<String> columns, NamedArguments arguments) throws UnknownEffect {
        add(ConstraintType.UNIQUE, given, columns, timing(arguments));
    }

    /** @param remote a column of the other table, as {@code table.column} */
    void foreignKey(NamedArguments arguments, List<String> columns, @Nullable Symbol remote) throws UnknownEffect {
        String target = Symbols.path(remote);
        int dot = target == null ? -1 : target.lastIndexOf('.');
        foreignKey(
                arguments.given("name"), columns,
                target == null ? null : table(dot < 0 ? target : target.substring(0, dot)),
                target == null || dot < 0 ? null : remoteColumns(arguments, target.substring(dot + 1)), arguments);
    }

    private static ObjectName table(String path) {
        int dot = path.lastIndexOf('.');
        return ObjectName.table(dot < 0 ? null : path.substring(0, dot), path.substring(dot + 1));
    }

    private static @Nullable List<String> remoteColumns(NamedArguments arguments, String first) throws UnknownEffect {
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
            NamedArguments arguments) throws UnknownEffect {
        String name = convention.name(ConstraintType.FOREIGN_KEY, given, new Subject(
                table.schema(), table.table(), columns, referred == null ? null : referred.name(), remote));
        constraints.add(name, NewConstraints.valid(ConstraintType.FOREIGN_KEY, columns)
                .withReferences(referred).withReferenced(remote)
                .withValidated(!arguments.isTrue("postgresql_not_valid"))
                .withActions(action(arguments, "onupdate"), action(arguments, "ondelete"), null)
                .withTiming(timing(arguments)));
    }

    /** Absent: it is not known. */
    private static @Nullable Action action(NamedArguments arguments, String event) {
        Symbol symbol = arguments.find(event);
        String text = Symbols.text(symbol);
        return text != null ? Action.of(text) : symbol == null && arguments.complete() ? Action.NO_ACTION : null;
    }

    /** When a key is checked; absent where it is not known. */
    private static @Nullable Timing timing(NamedArguments arguments) {
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

    void check(@Nullable Given given, @Nullable Symbol condition, NamedArguments arguments) throws UnknownEffect {
        String sql = condition == null ? null : SqlValue.ofCondition(condition);
        List<String> columns = sql == null ? List.of() : LiteralSql.columnsIn(sql);
        boolean text = condition instanceof Symbol.Text
                || (condition != null && Symbols.last(condition).equals("text"));
        constraints.add(name(ConstraintType.CHECK, given, text ? List.of() : null),
                NewConstraints.valid(ConstraintType.CHECK, columns).withExpression(sql)
                        .withValidated(isValidated(condition, sql, arguments)));
    }

    /** Absent: it is not known. Some write {@code NOT VALID} behind the condition. */
    private static @Nullable Boolean isValidated(
            @Nullable Symbol condition, @Nullable String sql, NamedArguments arguments) {
        boolean known = arguments.complete() && (sql != null
                ? !sql.toUpperCase(Locale.ROOT).contains("NOT VALID")
                : condition instanceof Made && saysNothing(condition));
        return known ? (Boolean) !arguments.isTrue("postgresql_not_valid") : null;
    }

    /** Whether all of an expression is known, and no text in it says {@code NOT VALID}. */
    private static boolean saysNothing(Symbol expression) {
        return switch (expression) {
            case Symbol.Text text -> !text.text().toUpperCase(Locale.ROOT).contains("NOT VALID");
            case Symbol.None _,Symbol.Truth _,Symbol.Numeral _,Symbol.Reference _ -> true;
            case Symbol.Member member -> saysNothing(member.of());
            case Symbol.Items items -> items.values().stream().allMatch(TableConstraints::saysNothing);
            case Made made -> saysNothing(made.callee()) && made.positional().stream().allMatch(
                    TableConstraints::saysNothing)
                    && made.named().values().stream().allMatch(TableConstraints::saysNothing);
            case Symbol.Dict _,Symbol.ProjectPath _,Symbol.Answered _,Symbol.Local _,Symbol.Type _,Symbol.Unknown _ ->
                false;
        };
    }

    /** @param elements pairs of a column or expression and an operator */
    void exclude(NamedArguments arguments, List<Symbol> elements) throws UnknownEffect {
        List<String> columns = new ArrayList<>();
        for (Symbol element : elements) {
            if (element instanceof Symbol.Items pair && !pair.values().isEmpty()) {
                columns.add(TableIndexes.columnOrExpression(pair.values().getFirst()));
            }
        }
        add(ConstraintType.EXCLUDE, arguments.given("name"), columns, null);
    }

    /**
     * The check that comes with a column whose enum is no type of the database.
     *
     * @param create whether it is made; else dropped
     */
    void checkOf(String column, EnumType.Check check, boolean create) throws UnknownEffect {
        TableChanges here = check.certain() ? table : table.perhaps();
        String name = name(
                ConstraintType.CHECK, check.name() == null ? null : new Given(check.name(), false), List.of(column));
        if (create) {
            here.createConstraint(name, NewConstraints.valid(ConstraintType.CHECK, List.of(column)));
        } else if (name != null) {
            here.at().drop(table.constraint(GeneratedNames.truncated(name)));
        }
    }

    /** Creates those that were declared. */
    void done() {
        constraints.done();
    }

    /**
     * A constraint that was made before.
     *
     * @param type as Alembic says it; absent: it is not said, and no convention applies
     */
    ObjectName dropped(Given given, @Nullable String type) throws UnknownEffect {
        ConstraintType kind = switch (type) {
            case "foreignkey" -> ConstraintType.FOREIGN_KEY;
            case "primary" -> ConstraintType.PRIMARY_KEY;
            case "unique" -> ConstraintType.UNIQUE;
            case "check" -> ConstraintType.CHECK;
            case null, default -> null;
        };
        String name = kind == null ? null : name(kind, given, List.of());
        return table.constraint(GeneratedNames.truncated(name == null ? given.name() : name));
    }

    private void add(
            ConstraintType kind, @Nullable Given given, List<String> columns, @Nullable Timing timing)
            throws UnknownEffect {
        constraints.add(name(kind, given, columns), NewConstraints.valid(kind, columns).withTiming(timing));
    }

    /** @param columns as a naming convention sees them: a text says none */
    private @Nullable String name(ConstraintType kind, @Nullable Given given, @Nullable List<String> columns)
            throws UnknownEffect {
        return convention.name(kind, given, new Subject(table.schema(), tableName, columns));
    }

    private static List<String> texts(List<Symbol> symbols) throws UnknownEffect {
        List<String> texts = new ArrayList<>();
        for (Symbol symbol : symbols) {
            String text = Symbols.text(symbol);
            if (text == null) {
                throw new UnknownEffect(new UnknownOperation(Part.COMPUTED_COLUMN));
            }
            texts.add(GeneratedNames.truncated(text));
        }
        return texts;
    }
}
