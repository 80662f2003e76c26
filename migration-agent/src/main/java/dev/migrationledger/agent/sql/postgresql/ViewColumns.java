package dev.migrationledger.agent.sql.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_opsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_sublistContext;

/** The names of a view's columns, where the statement says each of them. */
final class ViewColumns {

    private static final String PART = "(?:[a-z_][a-z0-9_$]*|\"[^\"]+\")";

    private static final Pattern COLUMN = Pattern.compile(PART + "(?:\\s*\\.\\s*" + PART + ")*",
            Pattern.CASE_INSENSITIVE);

    /** Looks like a column and is none. */
    private static final Pattern WORD = Pattern.compile(
            "true|false|null|user|session_user|system_user|default|(current|local)[a-z_]+", Pattern.CASE_INSENSITIVE);

    private ViewColumns() {}

    /** In order; absent: one of them is not known. */
    static @Nullable List<String> of(Create_view_statementContext view) {
        Select_primaryContext query = view.v_query == null ? null : first(view.v_query.select_ops());
        if (query == null || query.select_list() == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        if (view.column_names != null) {
            view.column_names.identifier().forEach(given -> names.add(ParsedNames.name(given)));
        }
        int at = 0;
        for (Select_sublistContext item : query.select_list().select_sublist()) {
            String text = ParsedNames.text(item.vex());
            if (text.endsWith("*")) {
                return null;
            }
            // Names in front of the query take the place of the first ones.
            if (at++ >= names.size()) {
                names.add(name(item, text));
            }
        }
        return names.contains("") ? null : names;
    }

    /** The first of several queries gives the names. */
    private static @Nullable Select_primaryContext first(@Nullable Select_opsContext query) {
        Select_opsContext one = query;
        while (one != null && one.select_primary() == null) {
            one = one.select_stmt() != null
                    ? one.select_stmt().select_ops()
                    : one.select_ops().isEmpty() ? null : one.select_ops().getFirst();
        }
        return one == null ? null : one.select_primary();
    }

    /** Empty: an expression, which PostgreSQL names. */
    static String name(Select_sublistContext item, String text) {
        if (item.col_label() != null) {
            return ParsedNames.name(item.col_label());
        }
        if (item.bare_col_label() != null) {
            return ParsedNames.name(item.bare_col_label());
        }
        return isColumn(text) ? ParsedNames.name(ParsedNames.lastLeaf(item.vex())) : "";
    }

    static boolean isColumn(String text) {
        return COLUMN.matcher(text).matches() && !WORD.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }
}
