package dev.migrationledger.contracts.text;

/** Text from outside, as it may be shown on a terminal or in a log. */
public final class PlainText {

    private PlainText() {}

    /**
     * The text with escapes such as {@code \\u001b} in place of control characters, of those that turn the direction of writing, and of halves of
     * characters. It is one line afterwards.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(PlainText::steers)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (steers(point)) {
                plain.append("\\u%04x".formatted(point));
            } else {
                plain.appendCodePoint(point);
            }
        });
        return plain.toString();
    }

    /** Escapes in JSON what {@link #of} escapes in text. The JSON keeps its meaning; ASCII controls must be escaped already. */
    public static String inJson(String json) {
        if (json.codePoints().noneMatch(PlainText::steersInJson)) {
            return json;
        }
        StringBuilder plain = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(point -> {
            if (steersInJson(point)) {
                for (char half : Character.toChars(point)) {
                    plain.append("\\u%04x".formatted((int) half));
                }
            } else {
                plain.appendCodePoint(point);
            }
        });
        return plain.toString();
    }

    private static boolean steersInJson(int point) {
        return point >= 0x7F && steers(point);
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
