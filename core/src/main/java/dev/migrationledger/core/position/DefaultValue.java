package dev.migrationledger.core.position;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a default gives, as far as scripts and servers write it alike: PostgreSQL adds casts, writes constants in the way of their type, and
 * keeps everything else as an expression of its own. Such defaults are there, and no more is known of them.
 *
 * @param value in one form for all that are equal
 */
record DefaultValue(String value) {

    /** A NULL default counts as no default. */
    private static final DefaultValue NULL = new DefaultValue("null");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)(e[+-]?\\d{1,3})?");

    /** What stays as it is written where it becomes a text. */
    private static final Pattern AS_WRITTEN = Pattern.compile("-?(0|[1-9]\\d*)|true|false");

    private static final Pattern CAST = Pattern.compile(
            "(?s)(.*)::\\s*(?:\"[^\"]+\"|\\w+)(?:\\.(?:\"[^\"]+\"|\\w+))?(?: varying| precision| with(?:out)? time zone)?(?:\\([\\d, ]+\\))?");

    private static final Pattern LONG_CAST = Pattern
            .compile("(?is)cast\\s*\\((.*)\\s+as\\s+[\\w .]+(?:\\([\\d, ]+\\))?\\s*\\)");

    /** Backslashes and percent signs mean different things to drivers and settings. */
    private static final Pattern QUOTED = Pattern.compile("'((?:[^'\\\\%]|'')*)'");

    private static final Pattern CALL = Pattern.compile("(?:(?:\"?\\w+\"?)\\.)?(\\w+)\\s*\\(\\s*\\)");

    /** What several words say alike. */
    private static final Map<String, String> CALLS = Map.of(
            "now", "now", "current_timestamp", "now", "transaction_timestamp", "now", "gen_random_uuid",
            "gen_random_uuid",
            "uuid_generate_v1", "uuid_generate_v1", "uuid_generate_v4", "uuid_generate_v4");

    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");

    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

    /**
     * Absent: it cannot be compared.
     *
     * @param type of the column, as PostgreSQL's format_type prints it
     */
    static @Nullable DefaultValue of(String expression, String type) {
        String plain = plain(expression);
        Matcher call = CALL.matcher(plain);
        String called = CALLS.get((call.matches() ? call.group(1) : plain).toLowerCase(Locale.ROOT));
        if (called != null) {
            return new DefaultValue(called + "()");
        }
        if (plain.equalsIgnoreCase("null")) {
            return NULL;
        }
        Matcher quoted = QUOTED.matcher(plain);
        if (quoted.matches()) {
            return constant(quoted.group(1).replace("''", "'"), type);
        }
        boolean written = NUMBER.matcher(plain.toLowerCase(Locale.ROOT)).matches() || plain.equalsIgnoreCase("true")
                || plain.equalsIgnoreCase("false");
        boolean asText = !type.startsWith("character") && !type.equals("text");
        return written && (asText || AS_WRITTEN.matcher(plain).matches())
                ? constant(plain.toLowerCase(Locale.ROOT), type)
                : null;
    }

    static boolean isNull(@Nullable String expression) {
        return expression != null && expression.toLowerCase(Locale.ROOT).contains("null")
                && plain(expression).equalsIgnoreCase("null");
    }

    private static @Nullable DefaultValue constant(String text, String type) {
        int length = type.indexOf('(');
        String base = length < 0 ? type : type.substring(0, length);
        String value = switch (base) {
            case "text", "character varying", "json" -> text;
            case "character" -> text.stripTrailing();
            case "boolean" -> truth(text.strip().toLowerCase(Locale.ROOT));
            case "smallint", "integer", "bigint", "numeric" -> number(text.strip().toLowerCase(Locale.ROOT));
            case "jsonb" -> Set.of("{}", "[]").contains(text.replaceAll("\\s", "")) ? text.replaceAll("\\s", "") : null;
            default -> null;
        };
        return value == null ? null : new DefaultValue("'" + value);
    }

    private static @Nullable String truth(String text) {
        return TRUE.contains(text) ? "true" : FALSE.contains(text) ? "false" : null;
    }

    private static @Nullable String number(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text).stripTrailingZeros().toPlainString() : null;
    }

    /** Without brackets around it and casts behind it. */
    private static String plain(String expression) {
        String plain = expression.strip();
        while (true) {
            String before = plain;
            if (plain.startsWith("(") && closes(plain) == plain.length() - 1) {
                plain = plain.substring(1, plain.length() - 1).strip();
            }
            if (plain.regionMatches(true, 0, "cast", 0, 4)) {
                plain = inner(LONG_CAST, plain);
            }
            if (plain.contains("::")) {
                plain = inner(CAST, plain);
            }
            if (plain.equals(before)) {
                return plain;
            }
        }
    }

    private static String inner(Pattern cast, String text) {
        Matcher matcher = cast.matcher(text);
        return matcher.matches() ? Objects.requireNonNull(matcher.group(1)).strip() : text;
    }

    /** Where the bracket ends with which a text begins. */
    private static int closes(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && !quoted) {
                return i;
            }
        }
        return -1;
    }
}
