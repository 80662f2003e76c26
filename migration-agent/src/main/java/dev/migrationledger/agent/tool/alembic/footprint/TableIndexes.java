package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.sql.effect.TableChanges;
import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention.Given;
import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention.Subject;
import dev.migrationledger.contracts.schema.Definition.Index;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Indexes of one table, as SQLAlchemy makes them of what a script declares. */
final class TableIndexes {

    private final TableChanges table;
    private final String tableName;
    private final NamingConvention convention;

    /** @param tableName as the script has it */
    TableIndexes(TableChanges table, String tableName, NamingConvention convention) {
        this.table = table;
        this.tableName = tableName;
        this.convention = convention;
    }

    /** That of a column which says {@code index=True}. */
    void ofColumn(Column column) throws UnknownEffect {
        List<String> over = List.of(column.name());
        create(null, over, false, Index.of(null, over, column.arguments().isTrue("unique")));
    }

    /**
     * That which GeoAlchemy2 makes.
     *
     * @param function through which it is over the column; empty: over the column itself
     * @param added whether the table was there before: up to 0.9 only a new table got one, so nobody is to miss it
     */
    void spatial(String column, String function, boolean added) throws UnknownEffect {
        String over = function.isEmpty() ? column : "(" + function + "(" + column + "))";
        create(new Given("idx_" + table.table() + "_" + column, false), null, added,
                Index.of(null, List.of(over), false).withMethod("gist"));
    }

    /** {@code Index(…)}. */
    void add(Made made) throws UnknownEffect {
        NamedArguments arguments = new NamedArguments(made, "name");
        add(arguments.given("name"), arguments.rest(), arguments);
    }

    void add(@Nullable Given given, List<Symbol> columns, NamedArguments arguments) throws UnknownEffect {
        List<String> over = columns.stream().flatMap(TableIndexes::columnsOrExpressions).toList();
        Symbol where = arguments.find("postgresql_where");
        create(given, inName(columns), false, Index.of(null, over, arguments.isTrue("unique"))
                .withMethod(Symbols.text(arguments.find("postgresql_using")))
                .withWhere(where == null ? null : SqlValue.ofCondition(where)));
    }

    /**
     * @param inName its columns as a naming convention sees them; absent: they cannot be known
     * @param impliedName whether it may have another name
     */
    private void create(
            @Nullable Given given, @Nullable List<String> inName, boolean impliedName, Index index)
            throws UnknownEffect {
        table.createIndex(convention.indexName(given, new Subject(table.schema(), tableName, inName)),
                impliedName || (given == null && !convention.known()), index);
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
        return parts.size() < 2 ? Stream.of(columnOrExpression(column)) : parts.stream().map(TableIndexes::bracketed);
    }

    static String columnOrExpression(Symbol column) {
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
}
