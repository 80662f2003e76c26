package dev.migrationledger.core.query;

/** Writes texts into a query, quoted where they would mean something else. */
public final class Quoting {

    private Quoting() {}

    /** A value after a key. */
    public static String value(String text) {
        boolean plain = !text.isEmpty()
                && text.codePoints().noneMatch(c -> isSpace(c) || c == '"' || c == ',' || c == '*');
        return plain ? text : quoted(text);
    }

    /** A free text. */
    static String word(String text) {
        boolean plain = !text.isEmpty() && !text.startsWith("-")
                && text.codePoints().noneMatch(c -> isSpace(c) || c == '"' || c == ':');
        return plain ? text : quoted(text);
    }

    static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint < ' ';
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
