package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.agent.python.syntax.Lexer.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads what operators make of operands, from the loosest ({@code or}) to the tightest (a call). */
final class OperatorParser {

    /** Attributes, calls and subscripts in one row. */
    private static final int LONGEST_ROW = 1_000;

    private final Lexer lexer;
    private final ExpressionParser expressions;
    private final Atoms atoms;
    private final Trailers trailers;

    OperatorParser(Lexer lexer, ExpressionParser expressions) {
        this.lexer = lexer;
        this.expressions = expressions;
        this.atoms = new Atoms(lexer, expressions);
        this.trailers = new Trailers(lexer, expressions);
    }

    /** What binds tighter than a comparison. */
    Expression operand() throws Malformed {
        return binary(0);
    }

    Expression disjunction() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression first = conjunction();
        if (!lexer.atWord("or")) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (lexer.takeWord("or")) {
            operands.add(conjunction());
        }
        return new Expression.Logical("or", List.copyOf(operands), expressions.place(start, line));
    }

    private Expression conjunction() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression first = inversion();
        if (!lexer.atWord("and")) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (lexer.takeWord("and")) {
            operands.add(inversion());
        }
        return new Expression.Logical("and", List.copyOf(operands), expressions.place(start, line));
    }

    private Expression inversion() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        if (!lexer.takeWord("not")) {
            return comparison();
        }
        expressions.enter();
        Expression operand = inversion();
        expressions.leave();
        return new Expression.Unary("not", operand, expressions.place(start, line));
    }

    private Expression comparison() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression first = binary(0);
        String operator = comparing();
        if (operator.isEmpty()) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        List<String> operators = new ArrayList<>();
        while (!operator.isEmpty()) {
            operators.add(operator);
            operands.add(binary(0));
            operator = comparing();
        }
        return new Expression.Comparison(List.copyOf(operands), List.copyOf(operators), expressions.place(start, line));
    }

    /** Takes an operator that compares; empty if there is none. */
    private String comparing() throws Malformed {
        String text = lexer.text();
        if (lexer.kind() == Kind.OPERATOR) {
            if (!Operators.compares(text)) {
                return "";
            }
            lexer.advance();
            return text;
        }
        if (lexer.takeWord("in")) {
            return "in";
        }
        if (lexer.takeWord("is")) {
            return lexer.takeWord("not") ? "is not" : "is";
        }
        if (lexer.takeWord("not")) {
            if (!lexer.takeWord("in")) {
                throw lexer.missing("in");
            }
            return "not in";
        }
        return "";
    }

    private Expression binary(int loosest) throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression left = unary();
        while (lexer.kind() == Kind.OPERATOR) {
            String operator = lexer.text();
            int precedence = Operators.precedence(operator);
            if (precedence <= loosest) {
                break;
            }
            lexer.advance();
            Expression right = binary(precedence);
            left = new Expression.Binary(operator, left, right, expressions.place(start, line));
        }
        return left;
    }

    private Expression unary() throws Malformed {
        if (!lexer.at("-") && !lexer.at("+") && !lexer.at("~")) {
            return power();
        }
        int start = lexer.start();
        int line = lexer.line();
        String operator = lexer.text();
        lexer.advance();
        expressions.enter();
        Expression operand = unary();
        expressions.leave();
        return new Expression.Unary(operator, operand, expressions.place(start, line));
    }

    private Expression power() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression base;
        if (lexer.takeWord("await")) {
            Expression awaited = primary();
            base = new Expression.Await(awaited, expressions.place(start, line));
        } else {
            base = primary();
        }
        if (!lexer.take("**")) {
            return base;
        }
        expressions.enter();
        Expression exponent = unary();
        expressions.leave();
        return new Expression.Binary("**", base, exponent, expressions.place(start, line));
    }

    private Expression primary() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression value = atoms.atom();
        for (int row = 0; lexer.kind() == Kind.OPERATOR; row++) {
            if (row > LONGEST_ROW) {
                throw new ExpressionTooLarge(lexer.start());
            }
            if (lexer.take(".")) {
                String name = lexer.name();
                value = new Expression.Attribute(value, name, expressions.place(start, line));
            } else if (lexer.at("(")) {
                List<Expression.Argument> arguments = trailers.arguments();
                value = new Expression.Call(value, arguments, expressions.place(start, line));
            } else if (lexer.at("[")) {
                Expression index = trailers.index();
                value = new Expression.Subscript(value, index, expressions.place(start, line));
            } else {
                break;
            }
        }
        return value;
    }
}
