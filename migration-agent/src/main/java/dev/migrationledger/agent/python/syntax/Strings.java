package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.agent.python.syntax.Lexer.Kind;
import dev.migrationledger.contracts.unread.SyntaxError.Expected;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import dev.migrationledger.contracts.unread.SyntaxError.StrayBracket;
import java.util.ArrayList;
import java.util.List;

/** Reads string literals, adjacent ones as one, and the replacement fields of formatted ones (PEP 701). */
final class Strings {
    private final Lexer lexer;
    private final Source file;
    private final String source;
    private final ExpressionParser expressions;

    Strings(Lexer lexer, ExpressionParser expressions) {
        this.lexer = lexer;
        this.file = lexer.file();
        this.source = lexer.source();
        this.expressions = expressions;
    }

    Expression read() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        StringLiteral first = lexer.literal();
        lexer.advance();
        if (lexer.kind() != Kind.STRING && !first.formatted()) {
            SourceRange place = expressions.place(start, line);
            String text = plain(first, first.content(), first.contentEnd());
            return first.bytes() ? new Expression.Bytes(text, place) : new Expression.Text(text, place);
        }
        boolean formatted = false;
        boolean template = false;
        Parts parts = new Parts();
        StringLiteral literal = first;
        int literalLine = line;
        while (true) {
            formatted |= literal.formatted();
            template |= literal.template();
            if (literal.bytes() != first.bytes()) {
                throw new Malformed(literal.start(), Rule.BYTES_OR_TEXT);
            }
            if (literal.formatted()) {
                parts(literal, literal.content(), literalLine, false, parts);
            } else {
                parts.append(plain(literal, literal.content(), literal.contentEnd()), literal.content(), literalLine);
            }
            if (lexer.kind() != Kind.STRING) {
                break;
            }
            literal = lexer.literal();
            literalLine = lexer.line();
            lexer.advance();
        }
        SourceRange place = expressions.place(start, line);
        if (first.bytes()) {
            return new Expression.Bytes(parts.text.toString(), place);
        }
        if (template) {
            return new Expression.Template(parts.all(), place);
        }
        return formatted
                ? new Expression.Formatted(parts.all(), place)
                : new Expression.Text(parts.text.toString(), place);
    }

    private String plain(StringLiteral literal, int from, int to) throws Malformed {
        return literal.raw() ? source.substring(from, to) : Escapes.decode(source, from, to, literal.bytes());
    }

    /** The parts of a formatted string, text in between joined. */
    private final class Parts {
        private final List<Expression> done = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private int textStart;
        private int textLine;

        void append(String more, int at, int line) {
            if (text.isEmpty()) {
                textStart = at;
                textLine = line;
            }
            text.append(more);
        }

        void add(Expression field) throws Malformed {
            flush();
            done.add(field);
        }

        private void flush() throws Malformed {
            if (!text.isEmpty()) {
                SourceRange here = expressions.place(textStart, textLine);
                done.add(new Expression.Text(text.toString(), here));
                text.setLength(0);
            }
        }

        List<Expression> all() throws Malformed {
            flush();
            return List.copyOf(done);
        }
    }

    /**
     * Reads parts up to the literal's end, or the end of the specification that they are.
     *
     * @return where they end
     */
    private int parts(StringLiteral literal, int from, int line, boolean specification, Parts parts) throws Malformed {
        int to = literal.contentEnd();
        int begin = from;
        int counted = from;
        int lineHere = line;
        int i = from;
        while (i < to) {
            char c = source.charAt(i);
            if (c == '\\' && !literal.raw() && source.startsWith("N{", i + 1)) {
                int close = source.indexOf('}', i, to);
                i = close < 0 ? to : close + 1;
                continue;
            }
            if (c == '\\') {
                i += Math.min(StringLiteral.escapeLength(source, i, literal.raw()), to - i);
                continue;
            }
            if (c != '{' && c != '}') {
                i++;
                continue;
            }
            parts.append(plain(literal, begin, i), begin, line);
            if (specification && c == '}') {
                return i;
            }
            boolean doubled = !specification && i + 1 < to && source.charAt(i + 1) == c;
            if (doubled) {
                parts.append(String.valueOf(c), i, line);
                i += 2;
            } else if (c == '}') {
                throw new Malformed(i, new StrayBracket("}"));
            } else {
                lineHere += Skip.lines(source, counted, i);
                counted = i;
                i = field(literal, i, lineHere, parts);
            }
            begin = i;
        }
        if (specification) {
            throw new Malformed(from, Rule.CLOSED_FIELD);
        }
        parts.append(plain(literal, Math.min(begin, to), to), begin, line);
        return to;
    }

    /** Reads a field and returns the position after it. */
    private int field(StringLiteral literal, int open, int line, Parts parts) throws Malformed {
        Lexer inside = Lexer.ofField(file, open + 1, line);
        ExpressionParser fields = new ExpressionParser(inside, expressions.depth() + 1);
        inside.advance();
        Expression value = fields.listOrYield();
        boolean bare = true;
        int at = inside.start();
        if (inside.at("=")) {
            inside.advance();
            at = inside.start();
            parts.append(source.substring(open + 1, at), open + 1, line);
            bare = false;
        }
        Character conversion = null;
        if (inside.at("!")) {
            inside.advance();
            String written = inside.kind() == Kind.NAME ? inside.text() : "";
            if (!written.equals("r") && !written.equals("s") && !written.equals("a")) {
                throw inside.unexpected(Expected.CONVERSION);
            }
            conversion = written.charAt(0);
            inside.advance();
            at = inside.start();
        }
        Expression.Formatted specification = null;
        if (inside.at(":") || inside.at(":=")) {
            int colonLine = inside.line();
            Parts inner = new Parts();
            int from = at + 1;
            at = parts(literal, from, colonLine, true, inner);
            List<Expression> all = inner.all();
            specification = new Expression.Formatted(all, new SourceRange(file, from, at, colonLine));
        } else if (!inside.at("}")) {
            throw inside.unexpected(Expected.FIELD_END);
        }
        if (!bare && conversion == null && specification == null) {
            conversion = 'r';
        }
        expressions.count(fields.nodes() + 1);
        parts.add(new Expression.Field(value, conversion, specification, new SourceRange(file, open, at + 1, line)));
        return at + 1;
    }
}
