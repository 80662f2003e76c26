package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.contracts.schema.Definition.Source;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/**
 * The columns of a table that a query fills.
 *
 * @param source the only table that is read, with the columns that are taken as they are; absent: there are several, or none
 * @param computed names of the others, as far as the query says them
 */
record QueryColumns(@Nullable Source source, List<String> computed) {

    private static final QueryColumns UNKNOWN = new QueryColumns(null, List.of());

    static QueryColumns of(Create_table_as_statementContext statement) {
        Select_stmtContext query = statement.select_stmt();
        List<String> names = statement.names_in_parens() == null
                ? List.of()
                : statement.names_in_parens().names_references().schema_qualified_name().stream()
                        .map(name -> ParsedNames.parts(name).getLast()).toList();
        Select_primaryContext only = query == null ? null : only(query.select_ops());
        // What stands in front of the query may have the name of a table.
        return only == null ? UNKNOWN : of(only, names, query.with_clause() == null);
    }

    static QueryColumns of(Into_tableContext into) {
        boolean bounded = into.getParent() instanceof Select_primaryContext query
                && query.getParent() instanceof Select_opsContext ops
                && ops.getParent() instanceof Select_stmtContext whole && whole.with_clause() == null;
        return bounded && into.getParent() instanceof Select_primaryContext query
                ? of(query, List.of(), true)
                : UNKNOWN;
    }

    /** Absent: several queries are put together. */
    private static @Nullable Select_primaryContext only(@Nullable Select_opsContext query) {
        Select_opsContext one = query;
        while (one != null && one.select_primary() == null && one.select_stmt() != null
                && one.select_stmt().with_clause() == null) {
            one = one.select_stmt().select_ops();
        }
        return one == null ? null : one.select_primary();
    }

    /** @param ofTables whether the names that it reads are surely those of tables */
    private static QueryColumns of(Select_primaryContext query, List<String> names, boolean ofTables) {
        if (query.values_stmt() != null) {
            return new QueryColumns(null, values(query.values_stmt(), names));
        }
        ObjectName table = ofTables ? table(query) : null;
        if (query.select_list() == null || query.select_list().select_sublist().isEmpty()) {
            return query.TABLE() != null && table != null && names.isEmpty() ? all(table) : UNKNOWN;
        }
        Map<String, String> taken = new LinkedHashMap<>();
        List<String> computed = new ArrayList<>();
        int at = 0;
        for (Select_sublistContext item : query.select_list().select_sublist()) {
            String text = ParsedNames.text(item.vex());
            if (text.endsWith("*")) {
                return query.select_list().select_sublist().size() == 1 && table != null && names.isEmpty()
                        ? all(table)
                        : UNKNOWN;
            }
            String name = at < names.size() ? names.get(at) : ViewColumns.name(item, text);
            at++;
            if (table != null && ViewColumns.isColumn(text)) {
                taken.put(name, ParsedNames.name(ParsedNames.lastLeaf(item.vex())));
            } else if (!name.isEmpty()) {
                computed.add(name);
            }
        }
        return new QueryColumns(table == null || taken.isEmpty() ? null : new Source(table, null, taken), computed);
    }

    private static List<String> values(Values_stmtContext rows, List<String> names) {
        int width = rows.values_values(0).vex().size() + rows.values_values(0).DEFAULT().size();
        return IntStream.range(0, width).mapToObj(at -> at < names.size() ? names.get(at) : "column" + (at + 1))
                .toList();
    }

    private static QueryColumns all(ObjectName table) {
        return new QueryColumns(new Source(table, null, null), List.of());
    }

    /** The only one that is read. */
    private static @Nullable ObjectName table(Select_primaryContext query) {
        if (query.TABLE() != null) {
            return ParsedNames.qualified(query.schema_qualified_name()).table();
        }
        From_primaryContext from = query.from_item().size() == 1 ? query.from_item(0).from_primary() : null;
        boolean renamed = from != null && from.alias_clause() != null && !from.alias_clause().column_alias.isEmpty();
        return from == null || from.schema_qualified_name() == null || from.table_subquery() != null || renamed
                ? null
                : ParsedNames.qualified(from.schema_qualified_name()).table();
    }
}
