package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.agent.python.syntax.Expression.Brackets;
import dev.migrationledger.agent.python.syntax.Expression.Clause;
import dev.migrationledger.agent.python.syntax.Expression.Comprehended;
import dev.migrationledger.agent.python.syntax.Expression.Entry;
import dev.migrationledger.contracts.unread.SyntaxError.Expected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads names, literals, and whatever stands in brackets. */
final class Atoms {

    /** Longer lists and dicts are data: what comes after so many elements is passed over. */
    private static final int LONGEST = 5_000;

    /** In a statement of more nodes than this no list goes on. */
    private static final int ENOUGH = 300_000;

    private final Lexer lexer;
    private final ExpressionParser expressions;

    Atoms(Lexer lexer, ExpressionParser expressions) {
        this.lexer = lexer;
        this.expressions = expressions;
    }

    Expression atom() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        switch (lexer.kind()) {
            case NAME -> {
                return word(start, line);
            }
            case NUMBER -> {
                String source = lexer.text();
                lexer.advance();
                return new Expression.Numeral(source, place(start, line));
            }
            case STRING -> {
                return new Strings(lexer, expressions).read();
            }
            case OPERATOR -> {
                switch (lexer.text()) {
                    case "(" -> {
                        return parenthesised();
                    }
                    case "[" -> {
                        return display("]", Brackets.LIST, Comprehended.LIST);
                    }
                    case "{" -> {
                        return braces();
                    }
                    case "..." -> {
                        lexer.advance();
                        return new Expression.Constant(Expression.Word.ELLIPSIS, place(start, line));
                    }
                    default -> throw notExpected();
                }
            }
            case LINE_END, INDENT, DEDENT, END -> throw notExpected();
        }
        throw notExpected();
    }

    private Malformed notExpected() {
        return lexer.unexpected(Expected.VALUE);
    }

    private Expression word(int start, int line) throws Malformed {
        String text = lexer.text();
        Expression.Word word = switch (text) {
            case "None" -> Expression.Word.NONE;
            case "True" -> Expression.Word.TRUE;
            case "False" -> Expression.Word.FALSE;
            default -> null;
        };
        if (word == null && Operators.KEYWORDS.contains(text)) {
            throw notExpected();
        }
        lexer.advance();
        return word == null
                ? new Expression.Name(text, place(start, line))
                : new Expression.Constant(word, place(start, line));
    }

    private SourceRange place(int start, int line) throws Malformed {
        return expressions.place(start, line);
    }

    private Expression parenthesised() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        lexer.advance();
        if (lexer.take(")")) {
            return new Expression.Sequence(Brackets.TUPLE, List.of(), place(start, line));
        }
        if (lexer.atWord("yield")) {
            Expression yielded = expressions.yielded();
            lexer.expect(")");
            return yielded;
        }
        Expression first = expressions.element(true);
        if (comprehends()) {
            return comprehension(Comprehended.GENERATOR, first, null, ")", start, line);
        }
        if (!(first instanceof Expression.Starred) && lexer.take(")")) {
            return first;
        }
        return new Expression.Sequence(Brackets.TUPLE, rest(first, ")"), place(start, line));
    }

    boolean comprehends() {
        return lexer.atWord("for") || lexer.atWord("async");
    }

    private Expression display(String close, Brackets kind, Comprehended comprehended) throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        lexer.advance();
        if (lexer.take(close)) {
            return new Expression.Sequence(kind, List.of(), place(start, line));
        }
        Expression first = expressions.element(true);
        if (comprehends()) {
            return comprehension(comprehended, first, null, close, start, line);
        }
        return new Expression.Sequence(kind, rest(first, close), place(start, line));
    }

    /** The elements of a display, the first of which is read, and its closing bracket. */
    private List<Expression> rest(Expression first, String close) throws Malformed {
        List<Expression> elements = new ArrayList<>();
        elements.add(first);
        int inside = lexer.brackets();
        while (lexer.at(",")) {
            inside = lexer.brackets();
            lexer.advance();
            if (lexer.at(close)) {
                break;
            }
            if (enough(elements.size())) {
                elements.add(elided(inside));
                break;
            }
            elements.add(expressions.element(true));
        }
        lexer.expect(close);
        return List.copyOf(elements);
    }

    boolean enough(int elements) {
        return elements >= LONGEST || expressions.nodes() > ENOUGH;
    }

    /** Passes over everything up to the closing bracket. */
    Expression elided(int inside) throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        lexer.goTo(Skip.closingBracket(lexer.source(), start), inside);
        Expression elided = new Expression.Elided(place(start, line));
        lexer.advance();
        return elided;
    }

    private Expression braces() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        lexer.advance();
        if (lexer.take("}")) {
            return new Expression.Dict(List.of(), place(start, line));
        }
        List<Entry> entries = new ArrayList<>();
        if (!lexer.at("**")) {
            Expression first = expressions.element(true);
            if (!lexer.take(":")) {
                return comprehends()
                        ? comprehension(Comprehended.SET, first, null, "}", start, line)
                        : new Expression.Sequence(Brackets.SET, rest(first, "}"), place(start, line));
            }
            Expression value = expressions.expression();
            if (comprehends()) {
                return comprehension(Comprehended.DICT, first, value, "}", start, line);
            }
            entries.add(new Entry(first, value));
        } else {
            entries.add(entry());
        }
        while (lexer.at(",")) {
            int inside = lexer.brackets();
            lexer.advance();
            if (lexer.at("}")) {
                break;
            }
            if (enough(entries.size())) {
                entries.add(new Entry(null, elided(inside)));
                break;
            }
            entries.add(entry());
        }
        lexer.expect("}");
        return new Expression.Dict(List.copyOf(entries), place(start, line));
    }

    private Entry entry() throws Malformed {
        if (lexer.take("**")) {
            return new Entry(null, expressions.expression());
        }
        Expression key = expressions.expression();
        lexer.expect(":");
        return new Entry(key, expressions.expression());
    }

    Expression comprehension(
            Comprehended kind, Expression element, @Nullable Expression value, String close, int start, int line)
            throws Malformed {
        List<Clause> clauses = new ArrayList<>();
        while (comprehends()) {
            boolean async = lexer.takeWord("async");
            if (!lexer.takeWord("for")) {
                throw lexer.missing("for");
            }
            Expression target = expressions.targets();
            if (!lexer.takeWord("in")) {
                throw lexer.missing("in");
            }
            Expression values = expressions.disjunction();
            List<Expression> conditions = new ArrayList<>();
            while (lexer.takeWord("if")) {
                conditions.add(expressions.disjunction());
            }
            clauses.add(new Clause(target, values, List.copyOf(conditions), async));
        }
        lexer.expect(close);
        return new Expression.Comprehension(kind, element, value, List.copyOf(clauses), place(start, line));
    }
}
