package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.agent.python.syntax.Expression.Argument;
import dev.migrationledger.agent.python.syntax.Expression.Brackets;
import dev.migrationledger.agent.python.syntax.Expression.Comprehended;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what stands in the brackets of calls and subscripts. */
final class Trailers {
    private final Lexer lexer;
    private final ExpressionParser expressions;
    private final Atoms atoms;

    Trailers(Lexer lexer, ExpressionParser expressions) {
        this.lexer = lexer;
        this.expressions = expressions;
        this.atoms = new Atoms(lexer, expressions);
    }

    /** What stands in the brackets of a call. */
    List<Argument> arguments() throws Malformed {
        int open = lexer.start();
        int openLine = lexer.line();
        lexer.advance();
        List<Argument> arguments = new ArrayList<>();
        while (!lexer.at(")")) {
            if (atoms.enough(arguments.size())) {
                arguments.add(new Argument(null, atoms.elided(lexer.brackets())));
                break;
            }
            Expression value = argument(arguments);
            if (value != null && atoms.comprehends()) {
                arguments.add(new Argument(
                        null, atoms.comprehension(Comprehended.GENERATOR, value, null, ")", open, openLine)));
                return List.copyOf(arguments);
            }
            if (value != null) {
                arguments.add(new Argument(null, value));
            }
            if (!lexer.at(")")) {
                lexer.expect(",");
            }
        }
        lexer.advance();
        return List.copyOf(arguments);
    }

    /** One that is positional; a named or double-starred one is added at once, and nothing returned. */
    private @Nullable Expression argument(List<Argument> arguments) throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        if (lexer.take("**")) {
            Expression value = expressions.expression();
            arguments.add(new Argument(null, new Expression.DoubleStarred(value, expressions.place(start, line))));
            return null;
        }
        if (lexer.take("*")) {
            Expression value = expressions.expression();
            return new Expression.Starred(value, expressions.place(start, line));
        }
        Expression value = expressions.named();
        if (value instanceof Expression.Name name && lexer.take("=")) {
            arguments.add(new Argument(name.name(), expressions.expression()));
            return null;
        }
        return value;
    }

    /** What stands in the brackets of a subscript. */
    Expression index() throws Malformed {
        lexer.advance();
        int start = lexer.start();
        int line = lexer.line();
        Expression first = slice();
        if (!lexer.at(",") && !(first instanceof Expression.Starred)) {
            lexer.expect("]");
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (lexer.take(",") && !lexer.at("]")) {
            elements.add(slice());
        }
        SourceRange place = expressions.place(start, line);
        lexer.expect("]");
        return new Expression.Sequence(Brackets.TUPLE, List.copyOf(elements), place);
    }

    private Expression slice() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression lower = lexer.at(":") ? null : expressions.element(true);
        if (!lexer.take(":")) {
            return Objects.requireNonNull(lower);
        }
        Expression upper = expressions.begins() ? expressions.expression() : null;
        Expression step = lexer.take(":") && expressions.begins() ? expressions.expression() : null;
        return new Expression.Slice(lower, upper, step, expressions.place(start, line));
    }
}
