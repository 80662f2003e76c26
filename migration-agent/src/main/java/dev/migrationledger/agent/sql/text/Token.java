package dev.migrationledger.agent.sql.text;

import java.util.Locale;

/**
 * A token of SQL.
 *
 * @param text a word in lower case, a quoted name without its quotes, the content of a string, else as it is written
 * @param start where it begins in the text
 * @param end behind its last character
 */
public record Token(Kind kind, String text, int start, int end) {

    public enum Kind {
        /** A keyword or a name without quotes. */
        WORD,
        /** A name in double quotes. */
        QUOTED,
        /** A constant in single quotes or between dollars. */
        STRING,
        NUMBER,
        /** One character of an operator or of punctuation. */
        SYMBOL
    }

    static Token word(String written, int start, int end) {
        return new Token(Kind.WORD, written.toLowerCase(Locale.ROOT), start, end);
    }

    /** Whether it is this keyword. */
    public boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    public boolean is(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    public boolean isString() {
        return kind == Kind.STRING;
    }
}
