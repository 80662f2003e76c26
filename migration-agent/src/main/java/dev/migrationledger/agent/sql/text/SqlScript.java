package dev.migrationledger.agent.sql.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text of several statements, as people and pg_dump write it for psql. */
public final class SqlScript {

    private final String sql;
    private final Scanner scanner;
    private final List<Part> statements = new ArrayList<>();
    private int counted;
    private int line = 1;

    private SqlScript(String sql) {
        this.sql = sql;
        this.scanner = new Scanner(sql);
    }

    /**
     * A statement without its semicolon.
     *
     * @param line of the whole text at which it begins, from 1
     */
    public record Part(String text, int line) {}

    /** Its statements in order; psql's own commands and the rows of COPY are left out. */
    public static List<Part> statements(String sql) {
        SqlScript script = new SqlScript(sql);
        script.read();
        return List.copyOf(script.statements);
    }

    private void read() {
        Statement statement = new Statement();
        for (Token token = scanner.next(); token != null; token = scanner.next()) {
            if (statement.start == null && token.is('\\')) {
                skipLine();
            } else if (token.is(';') && !statement.isOpen()) {
                add(statement, token.start());
                if (statement.copies) {
                    skipRows();
                }
                statement = new Statement();
            } else {
                statement.add(token);
            }
        }
        add(statement, sql.length());
    }

    private void add(Statement statement, int end) {
        if (statement.start != null) {
            for (; counted < statement.start; counted++) {
                line += sql.charAt(counted) == '\n' ? 1 : 0;
            }
            statements.add(new Part(sql.substring(statement.start, end).strip(), line));
        }
    }

    private void skipLine() {
        int end = sql.indexOf('\n', scanner.position());
        scanner.moveTo(end < 0 ? sql.length() : end + 1);
    }

    private void skipRows() {
        int end = sql.indexOf("\n\\.", scanner.position());
        if (end >= 0) {
            scanner.moveTo(end + 1);
            skipLine();
        }
    }

    /** What was met of a statement, as far as it says where it ends. */
    private static final class Statement {
        private @Nullable Integer start;
        private int brackets;
        /** How many BEGIN and CASE of a body that is no string are not closed. */
        private int blocks;
        private boolean atomic;
        private boolean copy;
        private boolean copies;
        private @Nullable Token before;

        void add(Token token) {
            if (start == null) {
                start = token.start();
                copy = token.is("copy");
            }
            if (token.is('(')) {
                brackets++;
            } else if (token.is(')')) {
                brackets--;
            } else if (token.is("atomic") && before != null && before.is("begin")) {
                atomic = true;
                blocks = 1;
            } else if (atomic && token.is("case")) {
                blocks++;
            } else if (atomic && token.is("end")) {
                blocks--;
            }
            copies |= copy && token.is("stdin") && before != null && before.is("from");
            before = token;
        }

        boolean isOpen() {
            return brackets > 0 || blocks > 0;
        }
    }
}
