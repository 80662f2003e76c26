package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.Rule;

/**
 * Where a string literal stands in a source: prefix, quotes, content.
 *
 * @param start of its prefix, or of its quote where it has none
 * @param content start of what is between the quotes
 * @param contentEnd end of what is between the quotes
 * @param end after the closing quote
 * @param formatted whether it has replacement fields
 * @param template whether it makes a template of them instead of a text (PEP 750)
 */
record StringLiteral(
        int start,
        int content,
        int contentEnd,
        int end,
        boolean raw,
        boolean bytes,
        boolean formatted,
        boolean template) {

    /** CPython's own limit is of the same order; beyond it a file is broken or hostile. */
    private static final int DEEPEST_NESTING = 100;

    /** Unicode's longest has 88 letters. */
    private static final int LONGEST_CHARACTER_NAME = 100;

    /**
     * The literal whose opening quote stands at a position.
     *
     * @throws Malformed if it is not closed
     */
    static StringLiteral at(String source, int quote) throws Malformed {
        return at(source, quote, 0);
    }

    /** Past the literal whose opening quote stands at a position. */
    static int skip(String source, int quote) throws Malformed {
        return at(source, quote, 0).end();
    }

    private static StringLiteral at(String source, int quote, int nesting) throws Malformed {
        int start = prefix(source, quote);
        boolean raw = false;
        boolean bytes = false;
        boolean formatted = false;
        boolean template = false;
        for (int i = start; i < quote; i++) {
            switch (source.charAt(i) | 0x20) {
                case 'r' -> raw = true;
                case 'b' -> bytes = true;
                case 'f' -> formatted = true;
                case 't' -> {
                    formatted = true;
                    template = true;
                }
                default -> {
                    // u means nothing
                }
            }
        }
        char mark = source.charAt(quote);
        boolean triple = closes(source, quote, mark, true);
        int content = quote + (triple ? 3 : 1);
        int contentEnd = formatted
                ? formattedEnd(source, content, mark, triple, raw, nesting)
                : plainEnd(source, content, mark, triple);
        return new StringLiteral(
                start, content, contentEnd, contentEnd + (triple ? 3 : 1), raw, bytes, formatted, template);
    }

    /** The letters right before a quote are its prefix if they are one as a whole: {@code if"x"} has none. */
    static int prefix(String source, int quote) {
        int start = quote;
        while (start > 0 && quote - start <= 3 && isNamePart(source.charAt(start - 1))) {
            start--;
        }
        return switch (quote - start) {
            case 1 -> "rubftRUBFT".indexOf(source.charAt(start)) >= 0 ? start : quote;
            case 2 -> {
                boolean first = "rR".indexOf(source.charAt(start)) >= 0
                        && "bftBFT".indexOf(source.charAt(start + 1)) >= 0;
                boolean second = "rR".indexOf(source.charAt(start + 1)) >= 0
                        && "bftBFT".indexOf(source.charAt(start)) >= 0;
                yield first || second ? start : quote;
            }
            default -> quote;
        };
    }

    static boolean isNamePart(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        boolean digit = c >= '0' && c <= '9';
        return letter || digit || c == '_' || c >= 0x80;
    }

    private static int plainEnd(String source, int from, char mark, boolean triple) throws Malformed {
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == mark && closes(source, i, mark, triple)) {
                return i;
            } else if (c == '\n' && !triple) {
                throw new Malformed(from - 1, Rule.CLOSED_STRING);
            }
        }
        throw new Malformed(from - 1, triple ? Rule.CLOSED_TRIPLE_STRING : Rule.CLOSED_STRING);
    }

    /** Whether the quote at a position closes a literal: for a triple-quoted one it takes three of them. */
    private static boolean closes(String source, int at, char mark, boolean triple) {
        return !triple
                || (at + 2 < source.length() && source.charAt(at + 1) == mark && source.charAt(at + 2) == mark);
    }

    private static int formattedEnd(String source, int from, char mark, boolean triple, boolean raw, int nesting)
            throws Malformed {
        int i = from;
        while (i < source.length()) {
            char c = source.charAt(i);
            if (c == '\\') {
                i += escapeLength(source, i, raw);
            } else if (c == mark && closes(source, i, mark, triple)) {
                return i;
            } else if (c == '\n' && !triple) {
                break;
            } else if (c == '{') {
                boolean escaped = i + 1 < source.length() && source.charAt(i + 1) == '{';
                i = escaped ? i + 2 : fieldEnd(source, i + 1, mark, triple, nesting);
            } else {
                i++;
            }
        }
        throw new Malformed(from - 1, Rule.CLOSED_FORMATTED_STRING);
    }

    /** A backslash takes the next character with it, but a brace after it still begins a field; that of a named character does not. */
    static int escapeLength(String source, int at, boolean raw) {
        if (!raw && source.startsWith("N{", at + 1)) {
            return Math.max(3, source.indexOf('}', at, Math.min(source.length(), at + LONGEST_CHARACTER_NAME)) - at);
        }
        return source.startsWith("{", at + 1) || source.startsWith("}", at + 1) ? 1 : 2;
    }

    /** Past the closing brace of a replacement field, in which whole strings may stand, even with the same quotes (PEP 701). */
    private static int fieldEnd(String source, int from, char mark, boolean triple, int nesting) throws Malformed {
        if (nesting >= DEEPEST_NESTING) {
            throw new Malformed(from, Rule.FORMATTED_STRING_DEPTH);
        }
        int brackets = 0;
        for (int i = from; i < source.length(); i++) {
            switch (source.charAt(i)) {
                case '\'', '"' -> i = at(source, i, nesting + 1).end() - 1;
                case '(', '[', '{' -> brackets++;
                case ')', ']' -> brackets--;
                case '}' -> {
                    if (brackets == 0) {
                        return i + 1;
                    }
                    brackets--;
                }
                case '#' -> i = Math.max(i, endOfLine(source, i) - 1);
                case ':' -> {
                    if (brackets == 0) {
                        return specificationEnd(source, i + 1, mark, triple, nesting);
                    }
                }
                default -> {
                    // part of the expression
                }
            }
        }
        throw new Malformed(from - 1, Rule.CLOSED_FIELD);
    }

    private static int specificationEnd(String source, int from, char mark, boolean triple, int nesting)
            throws Malformed {
        int i = from;
        while (i < source.length()) {
            char c = source.charAt(i);
            if (c == '}') {
                return i + 1;
            } else if (c == '{') {
                i = fieldEnd(source, i + 1, mark, triple, nesting + 1);
            } else if ((c == mark && closes(source, i, mark, triple)) || (c == '\n' && !triple)) {
                break;
            } else {
                i++;
            }
        }
        throw new Malformed(from - 1, Rule.CLOSED_FIELD);
    }

    static int endOfLine(String source, int from) {
        int end = source.indexOf('\n', from);
        return end < 0 ? source.length() : end;
    }
}
