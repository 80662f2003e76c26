package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.agent.python.syntax.Parameters.Kind;
import dev.migrationledger.agent.python.syntax.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a function or lambda takes. */
final class Signature {
    private final Lexer lexer;
    private final ExpressionParser expressions;
    private final List<Parameter> parameters = new ArrayList<>();

    Signature(Lexer lexer, ExpressionParser expressions) {
        this.lexer = lexer;
        this.expressions = expressions;
    }

    /**
     * Parameters, up to a closing token that is not taken.
     *
     * @param annotated whether a colon begins an annotation
     */
    Parameters read(String close, boolean annotated) throws Malformed {
        Kind kind = Kind.POSITIONAL_OR_NAMED;
        while (!lexer.at(close)) {
            if (lexer.take("/")) {
                parameters.replaceAll(
                        before -> new Parameter(before.name(), Kind.POSITIONAL_ONLY, before.annotation(),
                                before.defaultValue()));
            } else if (lexer.take("**")) {
                add(Kind.NAMED_REST, annotated);
            } else if (lexer.take("*")) {
                kind = Kind.NAMED_ONLY;
                if (!lexer.at(",")) {
                    add(Kind.REST, annotated);
                }
            } else {
                add(kind, annotated);
            }
            if (!lexer.at(close)) {
                lexer.expect(",");
            }
        }
        return parameters.isEmpty() ? Parameters.NONE : new Parameters(List.copyOf(parameters));
    }

    private void add(Kind kind, boolean annotated) throws Malformed {
        String name = lexer.name();
        Expression annotation = annotated && lexer.take(":") ? expressions.element(false) : null;
        @Nullable
        Expression value = lexer.take("=") ? expressions.expression() : null;
        parameters.add(new Parameter(name, kind, annotation, value));
    }

    /**
     * Passes over {@code [T: bound = default, *Ts, **P]}.
     *
     * @return where they stand; absent: there are none
     */
    static @Nullable SourceRange typeParameters(Lexer lexer, ExpressionParser expressions) throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        if (!lexer.take("[")) {
            return null;
        }
        while (!lexer.at("]")) {
            if (!lexer.take("*")) {
                lexer.take("**");
            }
            lexer.name();
            if (lexer.take(":")) {
                expressions.expression();
            }
            if (lexer.take("=")) {
                expressions.element(false);
            }
            if (!lexer.at("]")) {
                lexer.expect(",");
            }
        }
        lexer.advance();
        return lexer.place(start, line);
    }
}
