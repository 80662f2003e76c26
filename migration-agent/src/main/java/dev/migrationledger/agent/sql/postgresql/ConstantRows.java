package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.text.Scanner;
import dev.migrationledger.agent.sql.text.Token;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of VALUES that hold nothing but constants: each says the same of a schema as the one before it, which is nothing. */
final class ConstantRows {

    /** Characters. Shorter statements are read as they are. */
    private static final int LONG = 1 << 15;

    private static final Set<String> CONSTANT = Set.of(
            "array", "current_date", "current_timestamp", "date", "default", "false", "interval", "now", "null",
            "time", "timestamp", "true");

    private final Scanner scanner;
    private final StringBuilder text;

    private ConstantRows(String sql) {
        this.scanner = new Scanner(sql);
        this.text = new StringBuilder(sql);
    }

    /** A long statement with blanks in place of such rows, but for the first of each VALUES. */
    static String withoutMost(String sql) {
        return sql.length() < LONG ? sql : new ConstantRows(sql).read();
    }

    private String read() {
        Token token = scanner.next();
        while (token != null) {
            boolean values = token.is("values");
            token = scanner.next();
            if (values && token != null && token.is('(')) {
                token = rows();
            }
        }
        return text.toString();
    }

    /** At the first bracket: passes over the rows, and returns the token after them. */
    private @Nullable Token rows() {
        int from = -1;
        while (true) {
            int end = row();
            if (from >= 0 && end > 0) {
                Scanner.blank(text, from, end);
            }
            Token comma = scanner.next();
            if (comma == null || !comma.is(',')) {
                return comma;
            }
            from = comma.start();
            Token open = scanner.next();
            if (open == null || !open.is('(')) {
                return open;
            }
        }
    }

    /** Passes over a row of which the bracket is open; behind it, negative where it holds more than constants. */
    private int row() {
        int depth = 1;
        boolean constant = true;
        boolean cast = false;
        for (Token token = scanner.next(); token != null; token = scanner.next()) {
            boolean opens = token.is('(') || token.is('[');
            boolean closes = token.is(')') || token.is(']');
            depth += opens ? 1 : closes ? -1 : 0;
            if (depth == 0) {
                return constant ? token.end() : -1;
            }
            constant &= !token.isName() || cast || CONSTANT.contains(token.text());
            cast = token.is(':');
        }
        return -1;
    }
}
