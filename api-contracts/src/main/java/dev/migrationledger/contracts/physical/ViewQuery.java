package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a view surely has another query than a script gives it. PostgreSQL writes a query in its own way, but it keeps which columns the query
 * reads: each of them is named in the script, and each that the script reads by the name of a table is among them.
 */
final class ViewQuery {

    private static final String NAME = "(?:[a-z_][\\w$]*+|\"[^\"]+\")";

    /** Literals and remarks, which hold no names. */
    private static final Pattern NO_NAMES = Pattern.compile(
            "'(?:[^']|'')*'|--[^\\n]*|/\\*.*?\\*/|\\$\\w*\\$.*?\\$\\w*\\$",
            Pattern.DOTALL);

    private static final Pattern WORD = Pattern.compile(NAME);
    private static final Pattern QUALIFIED = Pattern
            .compile("(?<![\\w\".$])(" + NAME + ")\\s*\\.\\s*(" + NAME + ")(?!\\s*[.(])");
    private static final Pattern RELATION = Pattern.compile(
            "\\b(?:from|join)\\s+(?:(?:lateral|only)\\s+)?+(?:" + NAME + "\\s*\\.\\s*)?(" + NAME
                    + ")(?!\\s*[.(])(?:\\s+(?:as\\s+)?(?!(?:on|where|join|left|right|inner|outer|full"
                    + "|cross|natural|group|order|using|having|limit|union|window|tablesample)\\b)(" + NAME + "))?");

    /** What a query names itself: common table expressions, subqueries, functions. */
    private static final Pattern COMMON = Pattern.compile(
            "(" + NAME + ")\\s*(?:\\([^()]*\\)\\s*)?\\bas\\s+(?:(?:not\\s+)?materialized\\s*)?\\(");
    private static final Pattern SUBQUERY = Pattern.compile("\\)\\s*(?:as\\s+)?(" + NAME + ")");

    /** Columns that each table has. */
    private static final Set<String> SYSTEM = Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");

    private ViewQuery() {}

    /**
     * Whether they surely differ.
     *
     * @param query as a script writes it
     * @param uses tables, views and columns that the view of a database reads
     */
    static boolean differs(@Nullable String query, @Nullable List<ObjectName> uses) {
        if (query == null || uses == null) {
            return false;
        }
        String text = NO_NAMES.matcher(query).replaceAll(" ").toLowerCase(Locale.ROOT);
        Set<String> words = WORD.matcher(text).results().map(word -> plain(word.group())).collect(Collectors.toSet());
        Set<String> read = uses.stream().filter(used -> used.kind() == ObjectKind.COLUMN)
                .map(used -> used.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        boolean whole = text.contains("*") || words.contains("natural") || words.contains("table");
        return (!whole && !words.containsAll(read)) || !read.containsAll(readByTable(text));
    }

    /** Columns that a query reads by a name that it gives to a table and to nothing else. */
    private static Collection<String> readByTable(String text) {
        Set<String> own = named(COMMON, text);
        Set<String> others = new HashSet<>(own);
        others.addAll(named(SUBQUERY, text));
        Set<String> tables = new HashSet<>();
        RELATION.matcher(text).results().forEach(relation -> {
            String table = plain(relation.group(1));
            String alias = relation.group(2) == null ? table : plain(relation.group(2));
            (own.contains(table) ? others : tables).add(alias);
        });
        tables.removeAll(others);
        return QUALIFIED.matcher(text).results()
                .filter(column -> tables.contains(plain(column.group(1))))
                .map(column -> plain(column.group(2))).filter(name -> !SYSTEM.contains(name))
                .collect(Collectors.toSet());
    }

    private static Set<String> named(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(one -> plain(one.group(1))).collect(Collectors.toSet());
    }

    private static String plain(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
    }

    /** Whether a query has a word, as far as it can be known. */
    static boolean mentions(@Nullable String query, String name) {
        return query != null && query.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
    }
}
