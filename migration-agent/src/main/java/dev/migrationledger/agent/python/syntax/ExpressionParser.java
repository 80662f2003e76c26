package dev.migrationledger.agent.python.syntax;

import java.util.ArrayList;
import java.util.List;

/** Reads expressions and lists of them. What operators make is read by {@link OperatorParser}, what stands in brackets by {@link Atoms}. */
final class ExpressionParser {

    /** As many levels as CPython allows brackets. Expressions that people write have a few; hostile ones stay off the stack. */
    private static final int DEEPEST = 200;

    /** Nodes of one statement of a module, or of one body; more would be data, and fill the memory. */
    private static final int MOST = 400_000;

    private final Lexer lexer;
    private final OperatorParser operations;
    private int depth;
    private int nodes;

    ExpressionParser(Lexer lexer, int depth) {
        this.lexer = lexer;
        this.depth = depth;
        this.operations = new OperatorParser(lexer, this);
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

    /** One level further down; {@link #leave} leads back. */
    void enter() throws Malformed {
        if (++depth > DEEPEST) {
            throw new ExpressionTooLarge(lexer.start());
        }
    }

    void leave() {
        depth--;
    }

    /** From a position to the end of the last token taken. Every node has one, so they are counted here. */
    SourceRange place(int from, int line) throws Malformed {
        count(1);
        return lexer.place(from, line);
    }

    void count(int more) throws Malformed {
        nodes += more;
        if (nodes > MOST) {
            throw new ExpressionTooLarge(lexer.start());
        }
    }

    /** One expression, or a tuple without brackets; each may be starred. */
    Expression list() throws Malformed {
        return list(false);
    }

    /** @param mayBind whether {@code name := value} may stand in it */
    Expression list(boolean mayBind) throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        Expression first = element(mayBind);
        if (!lexer.at(",")) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (lexer.take(",") && begins()) {
            elements.add(element(mayBind));
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
        return Targets.checked(lexer.at("*") ? starred() : operations.operand());
    }

    /** An element of a tuple, list or set. */
    Expression element(boolean mayBind) throws Malformed {
        return lexer.at("*") ? starred() : mayBind ? named() : expression();
    }

    private Expression starred() throws Malformed {
        int start = lexer.start();
        int line = lexer.line();
        lexer.advance();
        Expression value = operations.operand();
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
                    throw lexer.missing("else");
                }
                Expression no = expression();
                value = new Expression.Conditional(test, value, no, place(start, line));
            }
        }
        depth--;
        return value;
    }

    Expression disjunction() throws Malformed {
        return operations.disjunction();
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
