package dev.migrationledger.agent.tool.alembic.python.syntax;

import dev.migrationledger.agent.tool.alembic.python.syntax.Lexer.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads expressions made of operators; what stands between those is read by {@link Atoms}. */
final class Expressions {

    /** As many levels as CPython allows brackets. Expressions that people write have a few; hostile ones stay off the stack. */
    private static final int DEEPEST = 200;

    /** Attributes, calls and subscripts in one row. */
    private static final int LONGEST_ROW = 1_000;

    /** Nodes of one statement of a module, or of one body; more would be data, and fill the memory. */
    private static final int MOST = 400_000;

    private final Lexer lexer;
    private final Atoms atoms;
    private int depth;
    private int nodes;

    Expressions(Lexer lexer, int depth) {
        this.lexer = lexer;
        this.depth = depth;
        this.atoms = new Atoms(lexer, this);
    }

    int depth() {
        return depth;
    }

    int nodes() {
        return nodes;
    }

    /** Another statement begins, of which nothing that was read before is part. */
    void reset() {
        depth = 0;
        nodes = 0;
    }

    /** What failed above this depth is given up. */
    void backTo(int outside) {
        depth = outside;
    }

    private void enter() throws Malformed {
        if (++depth > DEEPEST) {
            throw new TooMuch(lexer.start(), "an expression is nested too deeply");
        }
    }

    /** From a position to the end of the last token taken. Every node has one, so they are counted here. */
    Place place(int from, int line) throws Malformed {
        count(1);
        return lexer.place(from, line);
    }

    void count(int more) throws Malformed {
        nodes += more;
        if (nodes > MOST) {
            throw new TooMuch(lexer.start(), "it is too large to be followed");
        }
    }

    /** One expression, or a tuple without brackets; each may be starred. */
    Expression list() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression first = element(false);
        if (!lexer.at(",")) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (lexer.take(",") && begins()) {
            elements.add(element(false));
        }
        return new Expression.Sequence(Expression.Brackets.TUPLE, List.copyOf(elements), place(start, line));
    }

    /** What a statement assigns or a replacement field shows. */
    Expression listOrYield() throws Malformed {
        return lexer.atWord("yield") ? yielded() : list();
    }

    Expression yielded() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        lexer.advance();
        if (lexer.takeWord("from")) {
            Expression value = expression();
            return new Expression.Yield(value, true, place(start, line));
        }
        Expression value = begins() ? list() : null;
        return new Expression.Yield(value, false, place(start, line));
    }

    /** What a loop or comprehension binds: an {@code in} after it is not its own. */
    Expression targets() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression first = target();
        if (!lexer.at(",")) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (lexer.take(",") && begins()) {
            elements.add(target());
        }
        return new Expression.Sequence(Expression.Brackets.TUPLE, List.copyOf(elements), place(start, line));
    }

    Expression target() throws Malformed {
        return Targets.checked(lexer.at("*") ? starred() : binary(0));
    }

    /** An element of a tuple, list or set. */
    Expression element(boolean mayBind) throws Malformed {
        return lexer.at("*") ? starred() : mayBind ? named() : expression();
    }

    private Expression starred() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        lexer.advance();
        Expression value = binary(0);
        return new Expression.Starred(value, place(start, line));
    }

    /** An expression, or a name bound to one. */
    Expression named() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression value = expression();
        if (value instanceof Expression.Name name && lexer.take(":=")) {
            Expression bound = expression();
            return new Expression.Walrus(name, bound, place(start, line));
        }
        return value;
    }

    Expression expression() throws Malformed {
        enter();
        int start = lexer.start();
        int line = lexer.line();
        Expression value;
        if (lexer.takeWord("lambda")) {
            Parameters parameters = new Signature(lexer, this).read(":", false);
            lexer.expect(":");
            Expression body = expression();
            value = new Expression.Lambda(parameters, body, place(start, line));
        } else {
            value = disjunction();
            if (lexer.takeWord("if")) {
                Expression test = disjunction();
                if (!lexer.takeWord("else")) {
                    throw lexer.unexpected("'else' is missing before " + lexer.described());
                }
                Expression no = expression();
                value = new Expression.Conditional(test, value, no, place(start, line));
            }
        }
        depth--;
        return value;
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
        return new Expression.Logical("or", List.copyOf(operands), place(start, line));
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
        return new Expression.Logical("and", List.copyOf(operands), place(start, line));
    }

    private Expression inversion() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        if (!lexer.takeWord("not")) {
            return comparison();
        }
        enter();
        Expression operand = inversion();
        depth--;
        return new Expression.Unary("not", operand, place(start, line));
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
        return new Expression.Comparison(List.copyOf(operands), List.copyOf(operators), place(start, line));
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
                throw lexer.unexpected("'in' is missing before " + lexer.described());
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
            left = new Expression.Binary(operator, left, right, place(start, line));
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
        enter();
        Expression operand = unary();
        depth--;
        return new Expression.Unary(operator, operand, place(start, line));
    }

    private Expression power() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression base;
        if (lexer.takeWord("await")) {
            Expression awaited = primary();
            base = new Expression.Await(awaited, place(start, line));
        } else {
            base = primary();
        }
        if (!lexer.take("**")) {
            return base;
        }
        enter();
        Expression exponent = unary();
        depth--;
        return new Expression.Binary("**", base, exponent, place(start, line));
    }

    private Expression primary() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression value = atoms.atom();
        for (int row = 0; lexer.kind() == Kind.OPERATOR; row++) {
            if (row > LONGEST_ROW) {
                throw new TooMuch(lexer.start(), "an expression is too long");
            }
            if (lexer.take(".")) {
                String name = lexer.name();
                value = new Expression.Attribute(value, name, place(start, line));
            } else if (lexer.at("(")) {
                List<Expression.Argument> arguments = atoms.arguments();
                value = new Expression.Call(value, arguments, place(start, line));
            } else if (lexer.at("[")) {
                Expression index = atoms.index();
                value = new Expression.Subscript(value, index, place(start, line));
            } else {
                break;
            }
        }
        return value;
    }

    /** Whether the current token can begin an expression. */
    boolean begins() {
        return switch (lexer.kind()) {
            case NAME -> !Operators.KEYWORDS.contains(lexer.text()) || Operators.BEGINNERS.contains(lexer.text());
            case NUMBER, STRING -> true;
            case OPERATOR -> switch (lexer.text()) {
                case "(", "[", "{", "-", "+", "~", "*", "..." -> true;
                default -> false;
            };
            case LINE_END, INDENT, DEDENT, END -> false;
        };
    }
}
