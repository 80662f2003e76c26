package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.Expected;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import java.util.ArrayList;
import java.util.List;

/** Reads functions and classes, whose bodies are passed over until somebody asks for them. */
final class Definitions {
    private final Lexer lexer;
    private final ExpressionParser expressions;

    Definitions(Lexer lexer, ExpressionParser expressions) {
        this.lexer = lexer;
        this.expressions = expressions;
    }

    Statement decorated() throws Malformed {
        List<Expression> decorators = new ArrayList<>();
        while (lexer.take("@")) {
            decorators.add(expressions.named());
            if (lexer.kind() != Lexer.Kind.LINE_END) {
                throw lexer.unexpected(Expected.LINE_END);
            }
            lexer.advance();
        }
        int start = lexer.start();
        int line = lexer.line();
        boolean async = lexer.takeWord("async");
        if (!lexer.atWord("def") && !lexer.atWord("class")) {
            throw lexer.missing("def", "class");
        }
        return definition(List.copyOf(decorators), async, start, line);
    }

    /** At the word {@code def} or {@code class}. */
    Statement definition(List<Expression> decorators, boolean async, int start, int line) throws Malformed {
        boolean function = lexer.atWord("def");
        lexer.advance();
        String name = lexer.name();
        SourceRange typeParameters = Signature.typeParameters(lexer, expressions);
        if (function) {
            lexer.expect("(");
            Parameters parameters = new Signature(lexer, expressions).read(")", true);
            lexer.expect(")");
            Expression returns = lexer.take("->") ? expressions.list() : null;
            SourceRange place = expressions.place(start, line);
            return new Statement.Function(name, typeParameters, parameters, returns, decorators, body(), async, place);
        }
        List<Expression.Argument> bases = lexer.at("(") ? new Trailers(lexer, expressions).arguments() : List.of();
        SourceRange place = expressions.place(start, line);
        return new Statement.ClassDefinition(name, typeParameters, bases, decorators, body(), place);
    }

    /** At the colon: passes over what it governs. */
    private Body body() throws Malformed {
        if (!lexer.at(":")) {
            throw lexer.missing(":");
        }
        Source file = lexer.file();
        String source = lexer.source();
        int from = lexer.end();
        int line = lexer.line();
        int column = lexer.column();
        int text = Skip.indentEnd(source, from);
        int end;
        if (text == source.length() || source.charAt(text) == '\n' || source.charAt(text) == '#') {
            int below = Math.min(source.length(), StringLiteral.endOfLine(source, text) + 1);
            end = Skip.block(source, below, column);
            if (end == below) {
                throw new Malformed(from, Rule.BLOCK);
            }
        } else {
            end = Math.min(source.length(), Skip.lineEnd(source, text) + 1);
        }
        lexer.goTo(end, true);
        return file.body(from, line, column);
    }
}
