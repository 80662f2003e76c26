package dev.migrationledger.agent.tool.alembic.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one query, read from left to right. */
abstract class QueryReader {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|('(?:[^']|'')*')|(\"[^\"]+\")|(%\\(\\w+\\)s|:(?<param>\\w+)|%s)|(::)|(\\w+)|(!=|<>|[-=*.,;()<>+/])");

    /** What each of these queries begins with. */
    private static final String SELECT = "select";

    /** What can stand after a table. */
    private static final Set<String> AFTER_NAMES = Set.of("from", "where", "limit", "order", "group", "join", "inner",
            "left", "natural", "cross", "union", "offset", "fetch", "for", "right", "full", "tablesample", "having",
            "intersect", "except", "window", "on");

    record Token(Type type, String text) {}

    enum Type {
        /** Also a number. */
        WORD,
        TEXT,
        SIGN
    }

    /** It asks for something else, or for more. */
    static final class NotUnderstood extends Exception {
        private static final long serialVersionUID = 1L;

        NotUnderstood() {
            super(null, null, false, false);
        }
    }

    private final List<Token> tokens;
    private int at;

    QueryReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Token> tokens(String sql, Map<String, String> named, List<String> positional)
            throws NotUnderstood {
        if (!sql.stripLeading().regionMatches(true, 0, SELECT, 0, SELECT.length())) {
            throw new NotUnderstood();
        }
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sql);
        int next = 0;
        for (int from = 0; from < sql.length(); from = matcher.end()) {
            if (!matcher.find(from) || matcher.start() != from || tokens.size() > 200) {
                throw new NotUnderstood();
            }
            String text = matcher.group();
            if (matcher.group(1) != null) {
                tokens.add(new Token(Type.TEXT, text.substring(1, text.length() - 1).replace("''", "'")));
            } else if (matcher.group(2) != null) {
                tokens.add(new Token(Type.WORD, text.substring(1, text.length() - 1)));
            } else if (matcher.group(3) != null) {
                String value = text.equals("%s")
                        ? next < positional.size() ? positional.get(next++) : null
                        : named.get(text.startsWith(":") ? text.substring(1) : text.substring(2, text.length() - 2));
                if (value == null) {
                    throw new NotUnderstood();
                }
                tokens.add(new Token(Type.TEXT, value));
            } else if (matcher.group(6) != null) {
                tokens.add(new Token(Type.WORD, text.toLowerCase(Locale.ROOT)));
            } else if (!text.isBlank()) {
                tokens.add(new Token(Type.SIGN, text));
            }
        }
        return tokens;
    }

    /** At its end there may be semicolons. */
    final boolean isAtEnd() {
        while (accept(";")) {
            // There may be several.
        }
        return at == tokens.size();
    }

    /** A name for a column or table, if there is one. */
    final void label() throws NotUnderstood {
        if (accept("as")) {
            next();
        } else if (at < tokens.size() && tokens.get(at).type() == Type.WORD
                && !AFTER_NAMES.contains(tokens.get(at).text())) {
            at++;
        }
    }

    final String word() throws NotUnderstood {
        Token token = next();
        if (token.type() != Type.WORD) {
            throw new NotUnderstood();
        }
        return token.text();
    }

    final Token next() throws NotUnderstood {
        if (at == tokens.size()) {
            throw new NotUnderstood();
        }
        return tokens.get(at++);
    }

    final boolean isNext(String text) {
        return at < tokens.size() && tokens.get(at).type() != Type.TEXT && tokens.get(at).text().equals(text);
    }

    final boolean accept(String text) {
        if (isNext(text)) {
            at++;
            return true;
        }
        return false;
    }

    final void expect(String text) throws NotUnderstood {
        if (!accept(text)) {
            throw new NotUnderstood();
        }
    }
}
