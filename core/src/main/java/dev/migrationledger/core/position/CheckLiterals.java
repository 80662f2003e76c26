package dev.migrationledger.core.position;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words that a check compares texts with, such as {@code 'open'} and {@code 'paid'}. PostgreSQL writes an expression in its own way, and
 * keeps these.
 */
final class CheckLiterals {

    /** A literal and the type that PostgreSQL casts it to. */
    private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*)'(?:::([\\w\". ]*\\w|\"))?");

    private static final Pattern OF_TEXT = Pattern.compile("text|character varying|character|bpchar|varchar|name");

    /** Neither a number, a date, an interval, an array nor JSON, which PostgreSQL may write in another way. */
    private static final Pattern WORD = Pattern.compile("(?!P[T\\d])[A-Za-z_][\\w -]*");

    private CheckLiterals() {}

    /** Whether two checks are known to compare with other words. */
    static boolean differ(@Nullable String expected, @Nullable String actual) {
        Set<String> must = expected == null ? null : words(expected, false);
        Set<String> has = actual == null ? null : words(actual, true);
        return must != null && has != null && !must.equals(has);
    }

    /** @return absent where one of them may be written in another way */
    private static @Nullable Set<String> words(String expression, boolean typed) {
        Set<String> words = new HashSet<>();
        Matcher literal = LITERAL.matcher(expression);
        while (literal.find()) {
            String type = literal.group(2);
            boolean text = typed ? type != null && OF_TEXT.matcher(type).matches() : type == null;
            if (!text || !WORD.matcher(literal.group(1)).matches()) {
                return null;
            }
            words.add(literal.group(1).strip());
        }
        return words;
    }
}
