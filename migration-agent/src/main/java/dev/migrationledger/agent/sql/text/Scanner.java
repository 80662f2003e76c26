package dev.migrationledger.agent.sql.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds one token of SQL after the other; comments are passed over. What is not closed goes to the end of the text. */
public final class Scanner {

    private final String sql;
    private int position;
    private boolean openComment;

    /** Where comments with others in them stand: start and end, one after the other. */
    private int[] nested = new int[0];

    public Scanner(String sql) {
        this.sql = sql;
    }

    /** Whether a comment was met that nothing closes. */
    public boolean metOpenComment() {
        return openComment;
    }

    /** The text with blanks in place of those comments met so far that hold others: parsers find it hard to count. */
    public String withoutNestedComments() {
        if (nested.length == 0) {
            return sql;
        }
        StringBuilder text = new StringBuilder(sql);
        for (int i = 0; i < nested.length; i += 2) {
            blank(text, nested[i], nested[i + 1]);
        }
        return text.toString();
    }

    /** Puts blanks in place of a part; lines stay lines. */
    public static void blank(StringBuilder text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text.charAt(at) != '\n') {
                text.setCharAt(at, ' ');
            }
        }
    }

    /** All tokens of a text. */
    public static List<Token> tokens(String sql) {
        Scanner scanner = new Scanner(sql);
        List<Token> tokens = new ArrayList<>();
        for (Token token = scanner.next(); token != null; token = scanner.next()) {
            tokens.add(token);
        }
        return tokens;
    }

    int position() {
        return position;
    }

    void moveTo(int position) {
        this.position = position;
    }

    /** Absent: the text ends. */
    public @Nullable Token next() {
        skipBlanks();
        if (position >= sql.length()) {
            return null;
        }
        int start = position;
        char first = sql.charAt(start);
        if (first == '"') {
            return quoted(start, '"', Token.Kind.QUOTED, false);
        }
        if (first == '\'') {
            return quoted(start, '\'', Token.Kind.STRING, false);
        }
        if (first == '$') {
            int tag = endOfTag(start);
            return tag < 0 ? symbol(start) : dollars(start, tag);
        }
        if (Character.isDigit(first)) {
            end(this::isNumber);
            return new Token(Token.Kind.NUMBER, sql.substring(start, position), start, position);
        }
        if (isName(first)) {
            return word(start);
        }
        return symbol(start);
    }

    private Token word(int start) {
        end(this::isName);
        boolean prefix = position - start == 1 && position < sql.length() && sql.charAt(position) == '\'';
        if (prefix && "eEbBxXnN".indexOf(sql.charAt(start)) >= 0) {
            return quoted(position, '\'', Token.Kind.STRING, "eE".indexOf(sql.charAt(start)) >= 0);
        }
        return Token.word(sql.substring(start, position), start, position);
    }

    private Token symbol(int start) {
        position = start + 1;
        return new Token(Token.Kind.SYMBOL, sql.substring(start, position), start, position);
    }

    private Token quoted(int start, char quote, Token.Kind kind, boolean escapes) {
        StringBuilder content = new StringBuilder();
        int at = start + 1;
        while (at < sql.length()) {
            char here = sql.charAt(at);
            if (escapes && here == '\\' && at + 1 < sql.length()) {
                content.append(sql.charAt(at + 1));
                at += 2;
            } else if (here != quote) {
                content.append(here);
                at++;
            } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                content.append(quote);
                at += 2;
            } else {
                break;
            }
        }
        position = Math.min(at + 1, sql.length());
        return new Token(kind, content.toString(), start, position);
    }

    private Token dollars(int start, int endOfTag) {
        String tag = sql.substring(start, endOfTag);
        int close = sql.indexOf(tag, endOfTag);
        int end = close < 0 ? sql.length() : close;
        position = close < 0 ? end : close + tag.length();
        return new Token(Token.Kind.STRING, sql.substring(endOfTag, end), start, position);
    }

    /** Behind {@code $tag$}; negative: none begins here. */
    private int endOfTag(int start) {
        int at = start + 1;
        while (at < sql.length() && isName(sql.charAt(at)) && sql.charAt(at) != '$'
                && !(at == start + 1 && Character.isDigit(sql.charAt(at)))) {
            at++;
        }
        return at < sql.length() && sql.charAt(at) == '$' ? at + 1 : -1;
    }

    private void skipBlanks() {
        while (position < sql.length()) {
            if (Character.isWhitespace(sql.charAt(position))) {
                position++;
            } else if (sql.startsWith("--", position)) {
                int end = sql.indexOf('\n', position);
                position = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", position)) {
                position = endOfComment();
            } else {
                return;
            }
        }
    }

    /** Comments of this kind nest. */
    private int endOfComment() {
        int depth = 0;
        boolean nests = false;
        int at = position;
        while (at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                nests |= ++depth > 1;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                at += 2;
                if (--depth == 0) {
                    break;
                }
            } else {
                at++;
            }
        }
        openComment |= depth > 0;
        if (nests) {
            nested = Arrays.copyOf(nested, nested.length + 2);
            nested[nested.length - 2] = position;
            nested[nested.length - 1] = at;
        }
        return at;
    }

    private interface Belongs {
        boolean test(char character);
    }

    private void end(Belongs belongs) {
        while (position < sql.length() && belongs.test(sql.charAt(position))) {
            position++;
        }
    }

    private boolean isNumber(char character) {
        return Character.isLetterOrDigit(character) || character == '.';
    }

    private boolean isName(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$' || character > 127;
    }
}
