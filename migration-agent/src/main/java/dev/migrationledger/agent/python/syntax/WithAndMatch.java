package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.agent.python.syntax.Lexer.Kind;
import dev.migrationledger.agent.python.syntax.Statement.Case;
import dev.migrationledger.agent.python.syntax.Statement.Item;
import dev.migrationledger.contracts.unread.SyntaxError.Expected;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import java.util.ArrayList;
import java.util.List;

/** Reads the two statements that only what comes later on their line tells from expressions. */
final class WithAndMatch {
    private final Lexer lexer;
    private final ExpressionParser expressions;
    private final Statements statements;

    WithAndMatch(Lexer lexer, ExpressionParser expressions, Statements statements) {
        this.lexer = lexer;
        this.expressions = expressions;
        this.statements = statements;
    }

    Statement with(int start, int line, boolean async) throws Malformed {
        lexer.advance();
        List<Item> items = lexer.at("(") && colonFollows() ? inBrackets() : items();
        List<Statement> body = statements.block();
        return new Statement.With(items, body, async, statements.place(start, line));
    }

    /** Whether a colon stands after the bracket that closes the one which is the current token. */
    private boolean colonFollows() throws Malformed {
        String source = lexer.source();
        int after = Skip.closingBracket(source, lexer.end()) + 1;
        int next = Skip.indentEnd(source, after);
        return source.startsWith(":", next);
    }

    /** {@code (a as b, c)} are items where they can be; {@code (yield)} or {@code (x for x in y)} is one expression. */
    private List<Item> inBrackets() throws Malformed {
        int start = lexer.start();
        int outside = lexer.brackets() - 1;
        int depth = expressions.depth();
        try {
            lexer.advance();
            List<Item> items = new ArrayList<>();
            do {
                items.add(item());
            } while (lexer.take(",") && !lexer.at(")"));
            lexer.expect(")");
            return List.copyOf(items);
        } catch (ExpressionTooLarge tooMuch) {
            throw tooMuch;
        } catch (Malformed noItems) {
            expressions.backTo(depth);
            lexer.goTo(start, outside);
            lexer.advance();
            return items();
        }
    }

    private List<Item> items() throws Malformed {
        List<Item> items = new ArrayList<>();
        do {
            items.add(item());
        } while (lexer.take(","));
        return List.copyOf(items);
    }

    private Item item() throws Malformed {
        Expression context = expressions.expression();
        Expression target = lexer.takeWord("as") ? expressions.target() : null;
        return new Item(context, target);
    }

    /** At the word {@code match}: no expression and no annotation ends with a colon. */
    boolean isMatch() throws Malformed {
        String source = lexer.source();
        int next = Skip.indentEnd(source, lexer.end());
        if (next < source.length() && (source.charAt(next) == ':' || source.charAt(next) == '=')) {
            return false;
        }
        return lastOfLine(source, lexer.end()) == ':';
    }

    /** The last character of a logical line that is no space and no comment. */
    private static char lastOfLine(String source, int from) throws Malformed {
        int end = Skip.lineEnd(source, from);
        char last = '\0';
        for (int i = from; i < end; i++) {
            char c = source.charAt(i);
            if (c == '\'' || c == '"') {
                i = StringLiteral.skip(source, i) - 1;
                last = c;
            } else if (c == '#') {
                i = StringLiteral.endOfLine(source, i);
            } else if (!Skip.isSpace(c) && c != '\n') {
                last = c;
            }
        }
        return last;
    }

    Statement match(int start, int line) throws Malformed {
        lexer.advance();
        Expression subject = expressions.list(true);
        lexer.expect(":");
        if (lexer.kind() != Kind.LINE_END) {
            throw lexer.unexpected(Expected.LINE_END);
        }
        lexer.advance();
        List<Case> cases = new ArrayList<>();
        if (lexer.kind() != Kind.INDENT) {
            throw lexer.missing("case");
        }
        lexer.advance();
        while (lexer.takeWord("case")) {
            cases.add(oneCase());
        }
        if (lexer.kind() == Kind.DEDENT) {
            lexer.advance();
        } else if (lexer.kind() != Kind.END) {
            throw lexer.missing("case");
        }
        return new Statement.Match(subject, List.copyOf(cases), statements.place(start, line));
    }

    private Case oneCase() throws Malformed {
        int start = lexer.start();
        int outside = lexer.brackets() - (lexer.at("(") || lexer.at("[") || lexer.at("{") ? 1 : 0);
        while (lexer.brackets() > outside || !(lexer.at(":") || lexer.atWord("if"))) {
            if (lexer.kind() == Kind.LINE_END || lexer.kind() == Kind.END) {
                throw lexer.missing(":");
            }
            lexer.advance();
        }
        if (lexer.lastEnd() <= start) {
            throw lexer.breaks(Rule.PATTERN);
        }
        String pattern = lexer.source().substring(start, lexer.lastEnd());
        Expression guard = lexer.takeWord("if") ? expressions.named() : null;
        return new Case(pattern, guard, statements.block());
    }
}
