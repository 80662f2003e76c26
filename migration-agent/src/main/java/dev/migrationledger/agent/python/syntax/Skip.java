package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.BrokenRule;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import dev.migrationledger.contracts.unread.SyntaxError.StrayBracket;
import dev.migrationledger.contracts.unread.SyntaxError.UnclosedBracket;

/** Passes over source as fast as characters can be looked at: only strings, brackets, comments and line ends matter. */
final class Skip {

    /** CPython refuses more. */
    static final int DEEPEST_BRACKETS = 200;

    private Skip() {}

    private enum Stop {
        LINE_END,
        STATEMENT_END,
        CLOSING_BRACKET
    }

    /** Where the line end of the logical line stands in which a position is; the length of the source for the last one. */
    static int lineEnd(String source, int from) throws Malformed {
        return to(source, from, Stop.LINE_END);
    }

    /** Where the line end or semicolon after a simple statement stands. */
    static int statementEnd(String source, int from) throws Malformed {
        return to(source, from, Stop.STATEMENT_END);
    }

    /** Where the bracket stands that closes the one in which a position is. */
    static int closingBracket(String source, int from) throws Malformed {
        return to(source, from, Stop.CLOSING_BRACKET);
    }

    private static int to(String source, int from, Stop stop) throws Malformed {
        int depth = stop == Stop.CLOSING_BRACKET ? 1 : 0;
        int open = from;
        int length = source.length();
        for (int i = from; i < length; i++) {
            switch (source.charAt(i)) {
                case '\n' -> {
                    if (depth == 0) {
                        return i;
                    }
                }
                case ';' -> {
                    if (depth == 0 && stop == Stop.STATEMENT_END) {
                        return i;
                    }
                }
                case '#' -> i = StringLiteral.endOfLine(source, i) - 1;
                case '\'', '"' -> i = StringLiteral.skip(source, i) - 1;
                case '(', '[', '{' -> {
                    if (depth++ == 0) {
                        open = i;
                    }
                    if (depth > DEEPEST_BRACKETS) {
                        throw new Malformed(i, Rule.BRACKET_DEPTH);
                    }
                }
                case ')', ']', '}' -> {
                    if (depth == 0) {
                        throw new Malformed(i, new StrayBracket(source.substring(i, i + 1)));
                    }
                    if (--depth == 0 && stop == Stop.CLOSING_BRACKET) {
                        return i;
                    }
                }
                case '\\' -> i++;
                default -> {
                    // whatever it is, it changes nothing here
                }
            }
        }
        if (depth > 0) {
            throw new Malformed(open, stop == Stop.CLOSING_BRACKET
                    ? new BrokenRule(Rule.CLOSED_BRACKET)
                    : new UnclosedBracket(source.substring(open, open + 1)));
        }
        return length;
    }

    /**
     * Past the lines that are indented further than a column, empty ones and comments between them included.
     *
     * @param from start of a line
     */
    static int block(String source, int from, int column) throws Malformed {
        int line = from;
        int end = from;
        while (line < source.length()) {
            int text = indentEnd(source, line);
            boolean blank = text == source.length() || source.charAt(text) == '\n' || source.charAt(text) == '#';
            if (blank) {
                line = Math.min(source.length(), StringLiteral.endOfLine(source, text) + 1);
                continue;
            }
            if (column(source, line, text) <= column) {
                return end;
            }
            line = Math.min(source.length(), lineEnd(source, text) + 1);
            end = line;
        }
        return end;
    }

    /** The first character of a line that is no space. */
    static int indentEnd(String source, int from) {
        int i = from;
        while (i < source.length() && isSpace(source.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The column at which a line's text begins. */
    static int column(String source, int from, int to) {
        int column = 0;
        for (int i = from; i < to; i++) {
            column = switch (source.charAt(i)) {
                case '\t' -> (column / 8 + 1) * 8;
                case '\f' -> 0;
                default -> column + 1;
            };
        }
        return column;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    /** Line ends between two positions. */
    static int lines(String source, int from, int to) {
        int lines = 0;
        // No further than asked: a file may be one line of megabytes.
        int end = Math.clamp(to, from, source.length());
        for (int i = source.indexOf('\n', from, end); i >= 0; i = source.indexOf('\n', i + 1, end)) {
            lines++;
        }
        return lines;
    }
}
