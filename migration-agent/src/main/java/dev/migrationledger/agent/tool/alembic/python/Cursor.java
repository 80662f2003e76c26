package dev.migrationledger.agent.tool.alembic.python;

/** A place within an expression, and what stands there. Space, comments and joined lines are passed over by themselves. */
final class Cursor {
    private final String source;
    private final int to;
    private int at;

    Cursor(String source, int from, int to) {
        this.source = source;
        this.at = from;
        this.to = to;
    }

    boolean more() {
        space();
        return at < to;
    }

    /** Where it is, in the source. */
    int position() {
        return at;
    }

    /** The next character; NUL at the end. */
    char peek() {
        return more() ? source.charAt(at) : '\0';
    }

    boolean at(char wanted) {
        return peek() == wanted;
    }

    /** Passes over the character if it is the next one. */
    boolean take(char wanted) {
        if (at(wanted)) {
            at++;
            return true;
        }
        return false;
    }

    /** Passes over the word if it is the next one. */
    boolean takeWord(String wanted) {
        if (more() && source.startsWith(wanted, at)) {
            int end = at + wanted.length();
            if (end >= to || !StringLiteral.isNamePart(source.charAt(end))) {
                at = end;
                return true;
            }
        }
        return false;
    }

    /** Passes over a name or number; empty if there is none. */
    String word() {
        space();
        int start = at;
        boolean number = at < to && source.charAt(at) >= '0' && source.charAt(at) <= '9';
        while (at < to && (StringLiteral.isNamePart(source.charAt(at)) || (number && continuesNumber(start)))) {
            at++;
        }
        return source.substring(start, at);
    }

    /** {@code 1.5} and {@code 1e-9}, but not {@code 0xE-9}. */
    private boolean continuesNumber(int start) {
        char c = source.charAt(at);
        char before = source.charAt(Math.max(start, at - 1));
        boolean exponent = (before == 'e' || before == 'E') && !source.startsWith("0x", start)
                && !source.startsWith("0X", start);
        return c == '.' || (exponent && (c == '-' || c == '+'));
    }

    /** Whether a string literal is next, with or without a prefix. */
    boolean atString() {
        return quote() >= 0;
    }

    /** Passes over a string literal. */
    StringLiteral string() throws Malformed {
        StringLiteral literal = StringLiteral.at(source, quote());
        at = literal.end();
        return literal;
    }

    private int quote() {
        if (!more()) {
            return -1;
        }
        for (int i = at; i < Math.min(to, at + 3); i++) {
            char c = source.charAt(i);
            if (c == '\'' || c == '"') {
                return i;
            }
            if ("rbufRBUFtT".indexOf(c) < 0) {
                return -1;
            }
        }
        return -1;
    }

    /** Passes over a dot and the name after it, or over brackets and what is in them. */
    void skipTrailer() {
        if (take('.')) {
            word();
            return;
        }
        int depth = 0;
        do {
            char c = peek();
            if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            }
            try {
                at = c == '\'' || c == '"' ? StringLiteral.skip(source, at) : at + 1;
            } catch (Malformed e) {
                at = to;
            }
        } while (depth > 0 && more());
    }

    private void space() {
        while (at < to) {
            char c = source.charAt(at);
            if (c == '#') {
                at = StringLiteral.endOfLine(source, at);
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\f') {
                at++;
            } else if (c == '\\' && at + 1 < to && source.charAt(at + 1) == '\n') {
                at += 2;
            } else {
                return;
            }
        }
    }
}
