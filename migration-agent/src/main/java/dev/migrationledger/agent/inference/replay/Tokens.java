package dev.migrationledger.agent.inference.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL text cut into its statements and those into tokens, as PostgreSQL's lexer has them: comments and blanks left out, strings
 * and dollar-quoted bodies whole. Enough to compare statements; what it does not know it takes for a symbol.
 */
final class Tokens {

    private final String text;
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    /**
     * Each statement as its tokens. A word is itself; a quoted identifier the name within; a string {@code 'text'} with its
     * quotes; everything else one character each.
     */
    static List<List<String>> statements(String sql) {
        Tokens rest = new Tokens(sql);
        List<List<String>> statements = new ArrayList<>();
        List<String> statement = new ArrayList<>();
        while (rest.skipBlanks()) {
            String token = rest.next();
            if (token.equals(";")) {
                statements.add(List.copyOf(statement));
                statement.clear();
            } else {
                statement.add(token);
            }
        }
        statements.add(List.copyOf(statement));
        return statements.stream().filter(tokens -> !tokens.isEmpty()).toList();
    }

    /** Says whether anything follows. */
    private boolean skipBlanks() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else {
                return true;
            }
        }
        return false;
    }

    /** Comments nest. */
    private void skipComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    private String next() {
        char first = text.charAt(at);
        if (first == '\'') {
            return "'" + quoted('\'') + "'";
        }
        if (first == '"') {
            return quoted('"');
        }
        if (first == '$') {
            return dollarQuoted();
        }
        int start = at++;
        if (isWord(first)) {
            while (at < text.length() && (isWord(text.charAt(at)) || text.charAt(at) == '$')) {
                at++;
            }
        }
        return text.substring(start, at);
    }

    private String quoted(char quote) {
        StringBuilder content = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                if (at >= text.length() || text.charAt(at) != quote) {
                    break;
                }
            }
            content.append(c);
        }
        return content.toString();
    }

    /** {@code $$…$$} or {@code $tag$…$tag$}; a dollar alone, as in {@code $1}, is a symbol. */
    private String dollarQuoted() {
        int start = at;
        int tagEnd = at + 1;
        while (tagEnd < text.length() && isWord(text.charAt(tagEnd))) {
            tagEnd++;
        }
        boolean opens = tagEnd < text.length() && text.charAt(tagEnd) == '$'
                && (tagEnd == at + 1 || !Character.isDigit(text.charAt(at + 1)));
        if (!opens) {
            at++;
            return "$";
        }
        String tag = text.substring(at, tagEnd + 1);
        int end = text.indexOf(tag, tagEnd + 1);
        at = end < 0 ? text.length() : end + tag.length();
        return text.substring(start, at);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
