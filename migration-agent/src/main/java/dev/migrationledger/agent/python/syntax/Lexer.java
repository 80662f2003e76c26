package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.Expected;
import dev.migrationledger.contracts.unread.SyntaxError.MissingToken;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import dev.migrationledger.contracts.unread.SyntaxError.StrayCharacter;
import dev.migrationledger.contracts.unread.SyntaxError.UnclosedBracket;
import dev.migrationledger.contracts.unread.SyntaxError.UnexpectedToken;
import dev.migrationledger.contracts.unread.SyntaxError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Python's tokens, one at a time: the current one can be looked at, and the next taken. Line ends and indentation are tokens,
 * as in Python's own grammar.
 */
final class Lexer {

    enum Kind {
        NAME,
        NUMBER,
        STRING,
        OPERATOR,
        LINE_END,
        INDENT,
        DEDENT,
        END
    }

    private final Source file;
    private final String source;
    private int at;
    private int line;

    private Kind kind = Kind.LINE_END;
    private int start;
    private int startLine;
    private String text = "";
    private @Nullable StringLiteral literal;
    private int lastEnd;

    private boolean lineBegins;
    private Indentation indentation = new Indentation(0);
    private final OpenBrackets open = new OpenBrackets();

    private Lexer(Source file, int at, int line) {
        this.file = file;
        this.source = file.text();
        this.at = at;
        this.line = line;
        this.lastEnd = at;
    }

    /** A whole file. */
    static Lexer ofFile(Source file) {
        Lexer lexer = new Lexer(file, 0, 1);
        lexer.lineBegins = true;
        return lexer;
    }

    /**
     * What follows the colon of a definition.
     *
     * @param column at which the definition stands
     */
    static Lexer ofBody(Source file, int at, int line, int column) {
        Lexer lexer = new Lexer(file, at, line);
        lexer.indentation = new Indentation(column);
        return lexer;
    }

    /** A replacement field, from after its opening bracket. */
    static Lexer ofField(Source file, int at, int line) throws Malformed {
        Lexer lexer = new Lexer(file, at, line);
        lexer.open.open(at - 1);
        return lexer;
    }

    Source file() {
        return file;
    }

    String source() {
        return source;
    }

    Kind kind() {
        return kind;
    }

    /** Of the current token. */
    int start() {
        return start;
    }

    /** Of the current token. */
    int line() {
        return startLine;
    }

    /** After the current token. */
    int end() {
        return at;
    }

    /** After the last token taken that is no line end. */
    int lastEnd() {
        return lastEnd;
    }

    /** A name, number or operator. */
    String text() {
        return text;
    }

    /** The string that is the current token. */
    StringLiteral literal() {
        if (literal == null) {
            throw new IllegalStateException("the token is not a string");
        }
        return literal;
    }

    /** The column at which the current block stands. */
    int column() {
        return indentation.column();
    }

    /** How many brackets are open around the position after the current token. */
    int brackets() {
        return open.count();
    }

    /** Where the outermost open bracket stands. */
    int outermost() {
        return open.outermost(at);
    }

    boolean at(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean atWord(String word) {
        return kind == Kind.NAME && text.equals(word);
    }

    boolean take(String operator) throws Malformed {
        if (at(operator)) {
            advance();
            return true;
        }
        return false;
    }

    boolean takeWord(String word) throws Malformed {
        if (atWord(word)) {
            advance();
            return true;
        }
        return false;
    }

    void expect(String operator) throws Malformed {
        if (!take(operator)) {
            throw missing(operator);
        }
    }

    /** Takes a name. */
    String name() throws Malformed {
        if (kind != Kind.NAME || Operators.KEYWORDS.contains(text)) {
            throw unexpected(Expected.NAME);
        }
        String name = text;
        advance();
        return name;
    }

    /** From a position to the end of the last token taken. */
    SourceRange place(int from, int fromLine) {
        return new SourceRange(file, from, lastEnd, fromLine);
    }

    /** The current token stands where another one belongs. */
    Malformed unexpected(Expected expected) {
        return new Malformed(start, new UnexpectedToken(token(), expected));
    }

    /** One of these should stand before the current token. */
    Malformed missing(String... words) {
        return new Malformed(start, new MissingToken(List.of(words), token()));
    }

    /** The current token breaks a rule. */
    Malformed breaks(Rule rule) {
        return new Malformed(start, rule);
    }

    /** The current token, for messages. */
    private SyntaxError.Token token() {
        return new SyntaxError.Token(switch (kind) {
            case NAME, NUMBER, OPERATOR -> SyntaxError.Token.Kind.WORD;
            case STRING -> SyntaxError.Token.Kind.STRING;
            case LINE_END -> SyntaxError.Token.Kind.LINE_END;
            case INDENT -> SyntaxError.Token.Kind.INDENT;
            case DEDENT -> SyntaxError.Token.Kind.DEDENT;
            case END -> SyntaxError.Token.Kind.FILE_END;
        }, switch (kind) {
            case NAME, NUMBER, OPERATOR -> text.length() > 40 ? text.substring(0, 39) + "…" : text;
            case STRING, LINE_END, INDENT, DEDENT, END -> null;
        });
    }

    /** Takes the current token and looks at the next. */
    void advance() throws Malformed {
        switch (kind) {
            case NAME, NUMBER, STRING, OPERATOR -> lastEnd = at;
            case LINE_END, INDENT, DEDENT, END -> {
                // What stood before them ended earlier.
            }
        }
        if (indentation.endsBlock()) {
            kind = Kind.DEDENT;
            return;
        }
        if (lineBegins && lineBegins()) {
            return;
        }
        space();
        start = at;
        startLine = line;
        if (at == source.length()) {
            sourceEnds();
            return;
        }
        char c = source.charAt(at);
        if (c == '\n') {
            token(Kind.LINE_END, at + 1);
            line++;
            lineBegins = true;
        } else if (StringLiteral.isNamePart(c) && !isDigit(c)) {
            name(c);
        } else if (isDigit(c) || (c == '.' && at + 1 < source.length() && isDigit(source.charAt(at + 1)))) {
            token(Kind.NUMBER, Numbers.end(source, at));
            text = source.substring(start, at);
        } else if (c == '\'' || c == '"') {
            string(at);
        } else {
            operator(c);
        }
    }

    private void token(Kind next, int end) {
        kind = next;
        at = end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void space() throws Malformed {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (Skip.isSpace(c)) {
                at++;
            } else if (c == '#') {
                at = StringLiteral.endOfLine(source, at);
            } else if (c == '\n' && open.count() > 0) {
                at++;
                line++;
            } else if (c == '\\') {
                if (!source.startsWith("\n", at + 1)) {
                    throw new Malformed(at, Rule.BACKSLASH_AT_LINE_END);
                }
                at += 2;
                line++;
            } else {
                return;
            }
        }
    }

    private void sourceEnds() throws Malformed {
        if (open.count() > 0) {
            int bracket = open.outermost(at);
            throw new Malformed(bracket, new UnclosedBracket(source.substring(bracket, bracket + 1)));
        }
        if (kind == Kind.LINE_END || kind == Kind.DEDENT || kind == Kind.END) {
            kind = Kind.END;
        } else {
            kind = Kind.LINE_END;
            lineBegins = true;
        }
    }

    private void name(char first) throws Malformed {
        boolean ascii = first < 0x80;
        int i = at + 1;
        for (; i < source.length() && StringLiteral.isNamePart(source.charAt(i)); i++) {
            ascii &= source.charAt(i) < 0x80;
        }
        boolean quoted = i - at <= 2 && i < source.length() && (source.charAt(i) == '\'' || source.charAt(i) == '"');
        if (quoted && StringLiteral.prefix(source, i) == at) {
            string(i);
            return;
        }
        text = source.substring(at, i);
        if (!ascii) {
            text = UnicodeIdentifiers.normalized(text, at);
        }
        token(Kind.NAME, i);
    }

    private void string(int quote) throws Malformed {
        literal = StringLiteral.at(source, quote);
        line += Skip.lines(source, quote, literal.end());
        token(Kind.STRING, literal.end());
    }

    private void operator(char c) throws Malformed {
        String operator = Operators.at(source, at);
        if (operator == null) {
            throw new Malformed(at, new StrayCharacter(Character.toString(source.codePointAt(at))));
        }
        text = operator;
        if (c == '(' || c == '[' || c == '{') {
            open.open(at);
        } else if (c == ')' || c == ']' || c == '}') {
            open.close(source, at);
        }
        token(Kind.OPERATOR, at + operator.length());
    }

    /** At the begin of a line: whether a block begins or ends there. */
    private boolean lineBegins() throws Malformed {
        int text = Skip.indentEnd(source, at);
        while (text < source.length() && (source.charAt(text) == '#' || source.charAt(text) == '\n')) {
            int next = StringLiteral.endOfLine(source, text);
            if (next == source.length()) {
                text = next;
                break;
            }
            at = next + 1;
            line++;
            text = Skip.indentEnd(source, at);
        }
        boolean ends = text == source.length();
        int column = ends ? 0 : Skip.column(source, at, text);
        at = text;
        start = text;
        startLine = line;
        lineBegins = false;
        if (!ends && indentation.beginsBlock(column, text)) {
            kind = Kind.INDENT;
            return true;
        }
        indentation.dedent(column, text);
        if (indentation.endsBlock()) {
            kind = Kind.DEDENT;
            return true;
        }
        return false;
    }

    /** Goes on at a position outside of any bracket. */
    void goTo(int position, boolean beginsLine) throws Malformed {
        goTo(position, 0);
        lineBegins = beginsLine;
        kind = Kind.LINE_END;
        advance();
    }

    /** Goes on at a position within so many of the brackets that are open now. */
    void goTo(int position, int within) {
        if (position >= start) {
            line = startLine + Skip.lines(source, start, position);
        } else {
            line = startLine - Skip.lines(source, position, start);
        }
        open.backTo(within);
        at = position;
        lastEnd = position;
        lineBegins = false;
        // Not a line's end, so that one is still to come, even at the source's end.
        kind = Kind.OPERATOR;
        text = "";
    }
}
