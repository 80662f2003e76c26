package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.text.Scanner;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.schema.QueryLiterals;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The string literals of a query as a script writes it, to be compared with the constants that PostgreSQL keeps of it. */
final class QueryTexts {

    /** Characters. Rows of a longer statement may have been left out before. */
    private static final int LONGEST = 1 << 15;

    /** Begins as a literal of a text does, and not as a number, an array or JSON; or is empty. */
    private static final Pattern WORD = Pattern.compile("(?!P[T\\d-])[A-Za-z_%].*|");

    /** Are read as a number, a truth value, an interval or JSON as well; a truth value may be shortened. */
    private static final Pattern OF_OTHER_TYPES = Pattern.compile(
            "t(r(ue?)?)?|f(a(l(se?)?)?)?|y(es?)?|no?|on|off?|nan|inf(inity)?|null");

    /** PostgreSQL adds constants of its own to such a call, or stores its literal in another form. */
    private static final Set<String> ADDING = Set.of("normalized", "normalize", "xmltable", "json_table", "json_value",
            "json_query", "json_exists");

    /** A character that is not compared, in a literal with escapes. */
    private static final Pattern CONTROL = Pattern.compile("\\\\[bfnrt]");

    private final String sql;
    private final List<Token> tokens;
    private final Set<String> texts = new HashSet<>();
    private final Set<String> others = new HashSet<>();

    private QueryTexts(String sql) {
        this.sql = sql;
        this.tokens = Scanner.tokens(sql);
    }

    /** Those of a query; absent: they are not known for sure. */
    static @Nullable QueryLiterals of(String query) {
        if (query.length() >= LONGEST || query.contains(LiteralSql.HOLE)) {
            return null;
        }
        QueryTexts read = new QueryTexts(query);
        for (int at = 0; at < read.tokens.size(); at++) {
            if (!read.isKnown(at)) {
                return null;
            }
        }
        return QueryLiterals.of(read.texts, read.others, null);
    }

    /** Whether what is added by a token is known. */
    private boolean isKnown(int at) {
        Token token = tokens.get(at);
        Token before = at == 0 ? null : tokens.get(at - 1);
        Token second = at < 2 ? null : tokens.get(at - 2);
        boolean field = before != null && before.is('(') && second != null && second.is("extract");
        return switch (token.kind()) {
            case STRING -> literal(token, before, second, field);
            case WORD -> {
                if (field) {
                    QueryLiterals.add(others, token.text());
                }
                yield !ADDING.contains(token.text());
            }
            case QUOTED -> {
                if (field) {
                    QueryLiterals.add(others, token.text());
                }
                yield true;
            }
            // A parameter.
            case NUMBER -> before == null || !before.is('$') || before.end() != token.start();
            case SYMBOL -> true;
        };
    }

    private boolean literal(Token token, @Nullable Token before, @Nullable Token second, boolean field) {
        char first = sql.charAt(token.start());
        boolean prefixed = first == '\'' && token.start() > 0 && (before == null || before.end() < token.start())
                && Character.isLetter(sql.charAt(token.start() - 1));
        boolean escapes = prefixed && Character.toLowerCase(sql.charAt(token.start() - 1)) == 'e';
        boolean unicode = before != null && before.is('&') && before.end() == token.start() && second != null
                && second.is("u") && second.end() == before.start();
        boolean continued = before != null && before.isString();
        // What COLON makes of a parameter, which is one within a literal as well.
        boolean parameter = token.text().contains("$1");
        if (unicode || continued || parameter || (prefixed && !escapes)) {
            return false;
        }
        String written = sql.substring(token.start(), token.end());
        if (escapes && written.contains("\\")) {
            return !CONTROL.matcher(written).replaceAll("").contains("\\");
        }
        String plain = token.text().strip();
        boolean kept = !field && WORD.matcher(plain).matches()
                && !OF_OTHER_TYPES.matcher(plain.toLowerCase(Locale.ROOT)).matches();
        QueryLiterals.add(kept ? texts : others, plain);
        return true;
    }
}
