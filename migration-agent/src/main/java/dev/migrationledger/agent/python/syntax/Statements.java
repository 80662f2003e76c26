package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.agent.python.syntax.Lexer.Kind;
import dev.migrationledger.agent.python.syntax.Statement.Handler;
import dev.migrationledger.agent.python.syntax.Statement.If;
import dev.migrationledger.contracts.unread.SyntaxError.Expected;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads statements of every kind, and the blocks that they govern. */
final class Statements {
    private final Lexer lexer;
    private final ExpressionParser expressions;
    private final SimpleStatements simple;
    private final WithAndMatch withAndMatch;
    private final Definitions definitions;

    Statements(Lexer lexer) {
        this.lexer = lexer;
        this.expressions = new ExpressionParser(lexer, 0);
        this.simple = new SimpleStatements(lexer, expressions);
        this.withAndMatch = new WithAndMatch(lexer, expressions, this);
        this.definitions = new Definitions(lexer, expressions);
    }

    /** What a module holds next: a compound statement, or a line of simple ones; nothing at its end. */
    List<Statement> next() throws Malformed {
        expressions.reset();
        List<Statement> statements = new ArrayList<>();
        if (lexer.kind() != Kind.END) {
            statement(statements);
        }
        return statements;
    }

    /** A compound statement, or a line of simple ones. */
    private void statement(List<Statement> into) throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        if (lexer.kind() == Kind.INDENT) {
            throw lexer.breaks(Rule.NO_INDENT);
        }
        if (lexer.at("@")) {
            into.add(definitions.decorated());
            return;
        }
        switch (lexer.kind() == Kind.NAME ? lexer.text() : "") {
            case "def", "class" -> into.add(definitions.definition(List.of(), false, start, line));
            case "if" -> into.add(choice());
            case "for" -> into.add(loop(start, line, false));
            case "while" -> into.add(repetition(start, line));
            case "try" -> into.add(attempt(start, line));
            case "with" -> into.add(withAndMatch.with(start, line, false));
            case "async" -> into.add(asynchronous(start, line));
            case "match" -> {
                if (withAndMatch.isMatch()) {
                    into.add(withAndMatch.match(start, line));
                } else {
                    simple.line(into);
                }
            }
            default -> simple.line(into);
        }
    }

    private Statement asynchronous(int start, int line) throws Malformed {
        lexer.advance();
        return switch (lexer.text()) {
            case "def" -> definitions.definition(List.of(), true, start, line);
            case "for" -> loop(start, line, true);
            case "with" -> withAndMatch.with(start, line, true);
            default -> throw lexer.unexpected(Expected.ASYNC_STATEMENT);
        };
    }

    /** A colon and what it governs: the rest of its line, or the block below it. */
    List<Statement> block() throws Malformed {
        lexer.expect(":");
        return suite();
    }

    /** What a colon governs. */
    List<Statement> suite() throws Malformed {
        List<Statement> statements = new ArrayList<>();
        if (lexer.kind() != Kind.LINE_END) {
            simple.line(statements);
            return List.copyOf(statements);
        }
        lexer.advance();
        if (lexer.kind() != Kind.INDENT) {
            throw lexer.breaks(Rule.BLOCK);
        }
        lexer.advance();
        while (lexer.kind() != Kind.DEDENT && lexer.kind() != Kind.END) {
            statement(statements);
        }
        if (lexer.kind() == Kind.DEDENT) {
            lexer.advance();
        }
        return List.copyOf(statements);
    }

    SourceRange place(int start, int line) throws Malformed {
        return expressions.place(start, line);
    }

    private record Branch(Expression test, List<Statement> body, int start, int line) {}

    private Statement choice() throws Malformed {
        List<Branch> branches = new ArrayList<>();
        do {
            int start = lexer.start();
            int line = lexer.line();
            lexer.advance();
            Expression test = expressions.named();
            branches.add(new Branch(test, block(), start, line));
        } while (lexer.atWord("elif"));
        List<Statement> rest = orElse();
        // From the last one up: a chain may be longer than any stack.
        for (Branch branch : branches.reversed()) {
            rest = List.of(new If(branch.test(), branch.body(), rest, place(branch.start(), branch.line())));
        }
        return rest.getFirst();
    }

    private List<Statement> orElse() throws Malformed {
        return lexer.takeWord("else") ? block() : List.of();
    }

    private Statement loop(int start, int line, boolean async) throws Malformed {
        lexer.advance();
        Expression target = expressions.targets();
        if (!lexer.takeWord("in")) {
            throw lexer.missing("in");
        }
        Expression values = expressions.list();
        List<Statement> body = block();
        List<Statement> orElse = orElse();
        return new Statement.For(target, values, body, orElse, async, place(start, line));
    }

    private Statement repetition(int start, int line) throws Malformed {
        lexer.advance();
        Expression test = expressions.named();
        List<Statement> body = block();
        List<Statement> orElse = orElse();
        return new Statement.While(test, body, orElse, place(start, line));
    }

    private Statement attempt(int start, int line) throws Malformed {
        lexer.advance();
        List<Statement> body = block();
        List<Handler> handlers = new ArrayList<>();
        while (lexer.atWord("except")) {
            handlers.add(handler());
        }
        List<Statement> orElse = orElse();
        List<Statement> atLast = lexer.takeWord("finally") ? block() : List.of();
        if (handlers.isEmpty() && atLast.isEmpty()) {
            throw lexer.missing("except", "finally");
        }
        return new Statement.Try(body, List.copyOf(handlers), orElse, atLast, place(start, line));
    }

    private Handler handler() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        lexer.advance();
        boolean ofGroup = lexer.take("*");
        @Nullable
        Expression type = lexer.at(":") ? null : expressions.list();
        String name = lexer.takeWord("as") ? lexer.name() : null;
        List<Statement> body = block();
        return new Handler(type, name, ofGroup, body, place(start, line));
    }
}
