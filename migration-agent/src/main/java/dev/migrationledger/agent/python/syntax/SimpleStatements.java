package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.agent.python.syntax.Lexer.Kind;
import dev.migrationledger.agent.python.syntax.Statement.Alias;
import dev.migrationledger.contracts.unread.SyntaxError.Expected;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads statements that govern no others. */
final class SimpleStatements {
    private final Lexer lexer;
    private final ExpressionParser expressions;

    /** Where the value of the statement at hand begins, and what it is bound to: known when the value turns out to be too much. */
    private int valueStart;

    private List<Expression> targets = new ArrayList<>();

    /** Each still takes memory. */
    private static final int MOST_PASSED_OVER = 10_000;

    private int passedOver;

    SimpleStatements(Lexer lexer, ExpressionParser expressions) {
        this.lexer = lexer;
        this.expressions = expressions;
    }

    /** A logical line of statements, its end included. */
    void line(List<Statement> into) throws Malformed {
        do {
            into.add(bounded());
        } while (lexer.take(";") && lexer.kind() != Kind.LINE_END);
        if (lexer.kind() != Kind.LINE_END) {
            throw misplaced(into.getLast());
        }
        lexer.advance();
    }

    private Malformed misplaced(Statement before) {
        boolean old = before instanceof Statement.Evaluate evaluate
                && evaluate.expression() instanceof Expression.Name name
                && (name.name().equals("print") || name.name().equals("exec"));
        return old
                ? lexer.breaks(Rule.PYTHON_3_PRINT)
                : lexer.unexpected(Expected.STATEMENT_END);
    }

    /** A statement whose value is data or hostile is passed over, but what it binds is not. */
    private Statement bounded() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        int depth = expressions.depth();
        valueStart = start;
        targets = new ArrayList<>();
        try {
            return statement();
        } catch (ExpressionTooLarge tooMuch) {
            if (++passedOver > MOST_PASSED_OVER) {
                throw new SizeLimitExceeded(line);
            }
            int from = valueStart;
            int end = Skip.statementEnd(lexer.source(), from);
            lexer.goTo(end, 0);
            expressions.backTo(depth);
            Expression elided = new Expression.Elided(new SourceRange(lexer.file(), from, end, line));
            List<Expression> bound = List.copyOf(targets);
            SourceRange place = new SourceRange(lexer.file(), start, end, line);
            lexer.advance();
            return bound.isEmpty() ? new Statement.Evaluate(elided, place) : new Statement.Assign(bound, elided, place);
        }
    }

    private Statement statement() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        if (lexer.kind() == Kind.OPERATOR && lexer.source().startsWith("<<<<<<<", start)) {
            throw lexer.breaks(Rule.NO_MERGE_CONFLICT);
        }
        if (lexer.kind() != Kind.NAME) {
            return expression(start, line);
        }
        String word = lexer.text();
        return switch (word) {
            case "pass", "break", "continue" -> {
                lexer.advance();
                yield new Statement.Plain(word, List.of(), place(start, line));
            }
            case "global", "nonlocal" -> names(word, start, line);
            case "import" -> imports(start, line);
            case "from" -> importsFrom(start, line);
            case "return" -> {
                lexer.advance();
                Expression value = expressions.begins() ? expressions.list() : null;
                yield new Statement.Return(value, place(start, line));
            }
            case "raise" -> raise(start, line);
            case "assert" -> {
                lexer.advance();
                Expression test = expressions.expression();
                Expression message = lexer.take(",") ? expressions.expression() : null;
                yield new Statement.Assert(test, message, place(start, line));
            }
            case "del" -> delete(start, line);
            default -> word.equals("type") && nameFollows() ? typeAlias(start, line) : expression(start, line);
        };
    }

    private SourceRange place(int start, int line) throws Malformed {
        return expressions.place(start, line);
    }

    private Statement names(String word, int start, int line) throws Malformed {
        lexer.advance();
        List<String> names = new ArrayList<>();
        do {
            names.add(lexer.name());
        } while (lexer.take(","));
        return new Statement.Plain(word, List.copyOf(names), place(start, line));
    }

    /** Whether the word after the current one is a name: two names side by side make no expression. */
    private boolean nameFollows() {
        String source = lexer.source();
        int from = Skip.indentEnd(source, lexer.end());
        int to = from;
        while (to < source.length() && StringLiteral.isNamePart(source.charAt(to))) {
            to++;
        }
        boolean number = to > from && source.charAt(from) <= '9';
        boolean string = to < source.length() && (source.charAt(to) == '\'' || source.charAt(to) == '"');
        return to > from && !number && !string && !Operators.KEYWORDS.contains(source.substring(from, to));
    }

    private Statement typeAlias(int start, int line) throws Malformed {
        lexer.advance();
        String name = lexer.name();
        Signature.typeParameters(lexer, expressions);
        lexer.expect("=");
        expressions.expression();
        return new Statement.Plain("type", List.of(name), place(start, line));
    }

    private Statement raise(int start, int line) throws Malformed {
        lexer.advance();
        if (!expressions.begins()) {
            return new Statement.Raise(null, null, place(start, line));
        }
        Expression exception = expressions.expression();
        Expression cause = lexer.takeWord("from") ? expressions.expression() : null;
        return new Statement.Raise(exception, cause, place(start, line));
    }

    private Statement delete(int start, int line) throws Malformed {
        lexer.advance();
        List<Expression> deleted = new ArrayList<>();
        do {
            deleted.add(expressions.target());
        } while (lexer.take(",") && expressions.begins());
        return new Statement.Delete(List.copyOf(deleted), place(start, line));
    }

    private Statement imports(int start, int line) throws Malformed {
        lexer.advance();
        List<Alias> names = new ArrayList<>();
        do {
            String module = dotted();
            names.add(new Alias(module, as()));
        } while (lexer.take(","));
        return new Statement.Import(List.copyOf(names), place(start, line));
    }

    private @Nullable String as() throws Malformed {
        return lexer.takeWord("as") ? lexer.name() : null;
    }

    private String dotted() throws Malformed {
        String first = lexer.name();
        if (!lexer.at(".")) {
            return first;
        }
        StringBuilder module = new StringBuilder(first);
        while (lexer.take(".")) {
            module.append('.').append(lexer.name());
        }
        return module.toString();
    }

    private Statement importsFrom(int start, int line) throws Malformed {
        lexer.advance();
        int level = 0;
        while (lexer.at(".") || lexer.at("...")) {
            level += lexer.text().length();
            lexer.advance();
        }
        String module = lexer.atWord("import") && level > 0 ? "" : dotted();
        if (!lexer.takeWord("import")) {
            throw lexer.missing("import");
        }
        List<Alias> names = new ArrayList<>();
        if (lexer.take("*")) {
            names.add(new Alias("*", null));
        } else if (lexer.take("(")) {
            do {
                String name = lexer.name();
                names.add(new Alias(name, as()));
            } while (lexer.take(",") && !lexer.at(")"));
            lexer.expect(")");
        } else {
            do {
                String name = lexer.name();
                names.add(new Alias(name, as()));
            } while (lexer.take(","));
        }
        return new Statement.ImportFrom(level, module, List.copyOf(names), place(start, line));
    }

    /** An expression, or an assignment of some kind. */
    private Statement expression(int start, int line) throws Malformed {
        Expression first = expressions.listOrYield();
        if (lexer.kind() != Kind.OPERATOR) {
            return new Statement.Evaluate(first, place(start, line));
        }
        if (lexer.at("=")) {
            return assignment(first, start, line);
        }
        if (lexer.at(":")) {
            Targets.checked(first);
            lexer.advance();
            Expression annotation = expressions.expression();
            targets.add(first);
            valueStart = lexer.end();
            Expression value = lexer.take("=") ? expressions.listOrYield() : null;
            return new Statement.Annotate(first, annotation, value, place(start, line));
        }
        String operator = Operators.augmenting(lexer.text());
        if (operator == null) {
            return new Statement.Evaluate(first, place(start, line));
        }
        Targets.checked(first);
        targets.add(first);
        valueStart = lexer.end();
        lexer.advance();
        Expression value = expressions.listOrYield();
        return new Statement.Augment(first, operator, value, place(start, line));
    }

    private Statement assignment(Expression first, int start, int line) throws Malformed {
        Expression value = first;
        while (lexer.at("=")) {
            targets.add(Targets.checked(value));
            valueStart = lexer.end();
            lexer.advance();
            value = expressions.listOrYield();
        }
        return new Statement.Assign(List.copyOf(targets), value, place(start, line));
    }
}
