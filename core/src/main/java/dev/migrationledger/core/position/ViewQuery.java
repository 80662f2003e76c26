package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
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
    private static final Pattern TOKEN = Pattern.compile(NAME + "|\\d[\\d.]*|[)\\]]");
    private static final Pattern QUALIFIED = Pattern
            .compile("(?<![\\w\".$])(" + NAME + ")\\s*\\.\\s*(" + NAME + ")(?!\\s*[.(])");
    private static final Pattern RELATION = Pattern.compile(
            "\\b(?:from|join)\\s+(?:(?:lateral|only)\\s+)?+(?:" + NAME + "\\s*\\.\\s*)?(" + NAME
                    + ")(?!\\s*[.(])(?:\\s+(?:as\\s+)?(?!(?:on|where|join|left|right|inner|outer|full"
                    + "|cross|natural|group|order|using|having|limit|union|window|tablesample)\\b)(" + NAME + "))?");

    /** All columns of something, which are not named. */
    private static final Pattern STAR = Pattern.compile("(?:\\b(?:select|distinct|all)|[,.])\\s*\\*");

    /** What a query names itself: common table expressions, subqueries, functions. */
    private static final Pattern COMMON = Pattern.compile(
            "(" + NAME + ")\\s*(?:\\([^()]*\\)\\s*)?\\bas\\s+(?:(?:not\\s+)?materialized\\s*)?\\(");
    private static final Pattern SUBQUERY = Pattern.compile("\\)\\s*(?:as\\s+)?(" + NAME + ")");

    private static final Pattern SELECTING = Pattern.compile("\\(\\s*select\\b");

    /** Rows that no table has. */
    private static final Pattern COMPUTED_ROWS = Pattern.compile(
            "\\b(?:from|join|lateral)\\s+" + NAME + "\\s*\\(|\\blateral\\b|\\bvalues\\b|\\brows\\s+from\\b");

    /** Words after which a value begins: what follows another one is the name that it is given. */
    private static final Set<String> BEFORE_VALUES = Set.of("select", "distinct", "all", "and", "or", "not", "on",
            "where",
            "when", "then", "else", "case", "by", "having", "in", "like", "ilike", "between", "from", "using", "is");

    /** Column names that PostgreSQL derives from functions in {@code FROM} and from casts. */
    private static final Set<String> IMPLICIT = Set.of("key", "value", "ordinality", "case", "array", "row", "text",
            "json", "jsonb", "date", "bool", "name");

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
        String text = NO_NAMES.matcher(query)
                .replaceAll(one -> one.group().startsWith("-") || one.group().startsWith("/") ? " " : " 0 ")
                .toLowerCase(Locale.ROOT);
        Set<String> words = WORD.matcher(text).results().map(word -> plain(word.group())).collect(Collectors.toSet());
        Set<String> read = uses.stream().filter(used -> used.kind() == ObjectKind.COLUMN)
                .map(used -> used.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        boolean whole = STAR.matcher(text).find() || words.contains("natural") || words.contains("table");
        return (!whole && !words.containsAll(read)) || !read.containsAll(readByName(text));
    }

    /** Columns that a query reads by a name that it gives to a table, or to a subquery that hands them on. */
    private static Collection<String> readByName(String text) {
        Set<String> common = named(COMMON, text);
        Set<String> others = named(SUBQUERY, text);
        Set<String> tables = new HashSet<>();
        Set<String> handedOn = STAR.matcher(text).find() || COMPUTED_ROWS.matcher(text).find()
                ? Set.of()
                : selecting(text);
        RELATION.matcher(text).results().forEach(relation -> {
            String table = plain(relation.group(1));
            String alias = relation.group(2) == null ? table : plain(relation.group(2));
            (common.contains(table) ? others : tables).add(alias);
        });
        others.removeAll(handedOn);
        others.addAll(common);
        Set<String> given = handedOn.isEmpty() ? Set.of() : given(text);
        tables.addAll(handedOn);
        tables.removeAll(others);
        return QUALIFIED.matcher(text).results()
                .filter(column -> tables.contains(plain(column.group(1))))
                .filter(column -> !handedOn.contains(plain(column.group(1)))
                        || !given.contains(plain(column.group(2))))
                .map(column -> plain(column.group(2))).filter(name -> !SYSTEM.contains(name))
                .collect(Collectors.toSet());
    }

    /** Names that values are given, functions, and what may be the name of a column without being given. */
    private static Set<String> given(String text) {
        Set<String> given = new HashSet<>(IMPLICIT);
        String before = "";
        int end = 0;
        for (MatchResult word : TOKEN.matcher(text).results().toList()) {
            boolean directly = text.substring(end, word.start()).isBlank() && end > 0;
            boolean called = text.substring(word.end()).stripLeading().startsWith("(");
            if (called || (directly && !BEFORE_VALUES.contains(before))) {
                given.add(plain(word.group()));
            }
            before = word.group();
            end = word.end();
        }
        return given;
    }

    /** Names of subqueries in brackets that select something, and of nothing else in brackets. */
    private static Set<String> selecting(String text) {
        Set<String> selecting = new HashSet<>();
        Set<String> others = new HashSet<>();
        SUBQUERY.matcher(text).results().forEach(one -> {
            int open = one.start();
            for (int depth = 0; open >= 0; open--) {
                depth += text.charAt(open) == ')' ? 1 : text.charAt(open) == '(' ? -1 : 0;
                if (depth == 0) {
                    break;
                }
            }
            boolean query = open >= 0 && SELECTING.matcher(text).region(open, text.length()).lookingAt()
                    && !text.substring(one.end()).stripLeading().startsWith("(");
            (query ? selecting : others).add(plain(one.group(1)));
        });
        selecting.removeAll(others);
        return selecting;
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
