package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.Rule;

/** The escape sequences of Python's string literals. */
final class Escapes {

    private Escapes() {}

    /**
     * The text that a part of a literal (no raw one) stands for.
     *
     * @param bytes whether they are bytes, in which no escape names a character
     * @throws Malformed if a sequence is incomplete or names no character
     */
    static String decode(String source, int from, int to, boolean bytes) throws Malformed {
        int backslash = source.indexOf('\\', from, to);
        if (backslash < 0) {
            return source.substring(from, to);
        }
        StringBuilder text = new StringBuilder(to - from).append(source, from, backslash);
        int i = backslash;
        while (i < to) {
            char c = source.charAt(i);
            if (c != '\\' || i + 1 >= to) {
                text.append(c);
                i++;
            } else {
                i = bytes && "uUN".indexOf(source.charAt(i + 1)) >= 0
                        ? literally(source, i, text)
                        : sequence(source, i, to, text, bytes);
            }
        }
        return text.toString();
    }

    private static int literally(String source, int at, StringBuilder text) {
        text.append(source, at, at + 2);
        return at + 2;
    }

    private static int sequence(String source, int at, int to, StringBuilder text, boolean bytes) throws Malformed {
        char kind = source.charAt(at + 1);
        switch (kind) {
            case '\n' -> {
                // A line is continued.
            }
            case '\\', '\'', '"' -> text.append(kind);
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'v' -> text.append('\u000b');
            case 'x' -> {
                return hexadecimal(source, at, 2, to, text);
            }
            case 'u' -> {
                return hexadecimal(source, at, 4, to, text);
            }
            case 'U' -> {
                return hexadecimal(source, at, 8, to, text);
            }
            case 'N' -> {
                return named(source, at, to, text);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                return octal(source, at, to, text, bytes);
            }
            default -> text.append('\\').append(kind);
        }
        return at + 2;
    }

    private static int hexadecimal(String source, int at, int digits, int to, StringBuilder text) throws Malformed {
        int end = at + 2 + digits;
        long point = 0;
        for (int i = at + 2; i < end; i++) {
            int digit = i < to ? Character.digit(source.charAt(i), 16) : -1;
            if (digit < 0 || source.charAt(i) >= 0x80) {
                throw new Malformed(at, Rule.COMPLETE_ESCAPE);
            }
            point = point * 16 + digit;
        }
        if (point > Character.MAX_CODE_POINT) {
            throw new Malformed(at, Rule.KNOWN_ESCAPE);
        }
        text.appendCodePoint((int) point);
        return end;
    }

    private static int octal(String source, int at, int to, StringBuilder text, boolean bytes) {
        int i = at + 1;
        int point = 0;
        while (i < to && i < at + 4 && source.charAt(i) >= '0' && source.charAt(i) <= '7') {
            point = point * 8 + source.charAt(i) - '0';
            i++;
        }
        text.appendCodePoint(bytes ? point & 0xFF : point);
        return i;
    }

    private static int named(String source, int at, int to, StringBuilder text) throws Malformed {
        int close = source.indexOf('}', at, to);
        if (!source.startsWith("{", at + 2) || close < 0) {
            throw new Malformed(at, Rule.COMPLETE_ESCAPE);
        }
        try {
            text.appendCodePoint(Character.codePointOf(source.substring(at + 3, close)));
        } catch (IllegalArgumentException e) {
            throw new Malformed(at, Rule.KNOWN_ESCAPE);
        }
        return close + 1;
    }
}
