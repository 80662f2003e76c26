package dev.migrationledger.contracts.text;

import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Text from outside, as it may be shown on a terminal or in a log. */
public final class PlainText {

    private PlainText() {}

    /**
     * The text with escapes such as {@code \\u001b} in place of control characters, of those that turn the direction of writing, and of halves of
     * characters. It is one line afterwards.
     */
    public static String of(String text) {
        return escaped(text, PlainText::steers, "\\u%04x"::formatted);
    }

    /** Escapes in JSON what {@link #of} escapes in text. The JSON keeps its meaning; ASCII controls must be escaped already. */
    public static String inJson(String json) {
        return escaped(json, point -> point >= 0x7F && steers(point), PlainText::jsonEscape);
    }

    private static String escaped(String text, IntPredicate isEscaped, IntFunction<String> escape) {
        if (text.codePoints().noneMatch(isEscaped)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (isEscaped.test(point)) {
                plain.append(escape.apply(point));
            } else {
                plain.appendCodePoint(point);
            }
        });
        return plain.toString();
    }

    /** JSON escapes each half of a surrogate pair by itself. */
    private static String jsonEscape(int point) {
        return Character.toString(point).chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }

    private static boolean steers(int point) {
        return switch (Character.getType(point)) {
            // Format characters hold all bidirectional controls, and joiners that names in some scripts need.
            case Character.FORMAT -> point != 0x200C && point != 0x200D && point != 0x00AD;
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }
}
