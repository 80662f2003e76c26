package dev.migrationledger.agent.python.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source of one module. */
public final class Source {
    private static final int LONGEST_EXCERPT = 80;

    private final String file;
    private final SourceText text;

    /** Absent: nothing is kept. */
    private final @Nullable Parsed parsed;

    private Source(String file, SourceText text, boolean keeps) {
        this.file = file;
        this.text = text;
        this.parsed = keeps ? new Parsed() : null;
    }

    /**
     * A file's source, whatever its bytes are.
     *
     * @param file as people name it
     */
    public static Source of(String file, byte[] bytes) {
        return new Source(file, SourceText.of(bytes), false);
    }

    /** The same, of a file that is read again and again: its statements are kept once they were read. */
    public static Source keeping(String file, byte[] bytes) {
        return new Source(file, SourceText.of(bytes), true);
    }

    /** The file as people name it. */
    public String file() {
        return file;
    }

    /** Text with {@code \n} as its only line end. */
    public String text() {
        return text.text();
    }

    /** Why Python refuses the file's bytes; the text is then the best reading of them. */
    public @Nullable SyntaxProblem problem() {
        return text.problem();
    }

    /** Its statements, read as they are asked for. */
    public Reading reading() {
        return parsed == null ? parsing() : parsed.reading(this);
    }

    /** Reads its statements now. */
    Parsing parsing() {
        return new Parsing(Lexer.ofFile(this));
    }

    String excerpt(int from, int to) {
        String source = text();
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to && text.length() <= LONGEST_EXCERPT; i++) {
            char c = source.charAt(i);
            boolean space = c == ' ' || c == '\n' || c == '\t' || c == '\f';
            if (!space) {
                text.append(c);
            } else if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        }
        String excerpt = text.toString().stripTrailing();
        return excerpt.length() <= LONGEST_EXCERPT ? excerpt : excerpt.substring(0, LONGEST_EXCERPT - 1) + "…";
    }

    /** A module's statements from top to bottom. */
    public interface Reading {

        /**
         * The next compound statement, or line of simple ones; empty at the end.
         *
         * @throws dev.migrationledger.agent.python.syntax.SyntaxProblem where Python could not read on either
         */
        List<Statement> next() throws SyntaxProblem;

        /** All that are left. */
        default List<Statement> rest() throws SyntaxProblem {
            List<Statement> all = new ArrayList<>();
            for (List<Statement> next = next(); !next.isEmpty(); next = next()) {
                all.addAll(next);
            }
            return all;
        }
    }

    /** None is held, so that a module of many megabytes can be read. */
    static final class Parsing implements Reading {
        private final Lexer lexer;
        private final Statements statements;
        private boolean begun;

        private Parsing(Lexer lexer) {
            this.lexer = lexer;
            this.statements = new Statements(lexer);
        }

        @Override
        public List<Statement> next() throws SyntaxProblem {
            try {
                if (!begun) {
                    begun = true;
                    lexer.advance();
                }
                return statements.next();
            } catch (ExpressionTooLarge e) {
                throw new SizeLimitExceeded(lexer.line());
            } catch (Malformed e) {
                throw problem(lexer, e);
            }
        }
    }

    /** What stands behind a colon, read when it is asked for. */
    Body body(int from, int line, int column) {
        Body read = () -> statements(from, line, column);
        return parsed == null ? read : new Parsed.Kept(read);
    }

    private List<Statement> statements(int from, int line, int column) throws SyntaxProblem {
        Lexer lexer = Lexer.ofBody(this, from, line, column);
        try {
            lexer.advance();
            return new Statements(lexer).suite();
        } catch (ExpressionTooLarge e) {
            throw new SizeLimitExceeded(lexer.line());
        } catch (Malformed e) {
            throw problem(lexer, e);
        }
    }

    /** A bracket or string that is not closed explains what else is wrong on its line. */
    private static SyntaxProblem problem(Lexer lexer, Malformed found) {
        Malformed cause = found;
        if (lexer.brackets() > 0) {
            try {
                Skip.lineEnd(lexer.source(), lexer.outermost());
            } catch (Malformed unclosed) {
                cause = unclosed;
            }
        }
        return new SyntaxProblem(1 + Skip.lines(lexer.source(), 0, cause.position()), cause.error());
    }
}
