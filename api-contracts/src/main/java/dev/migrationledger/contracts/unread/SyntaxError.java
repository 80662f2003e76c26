package dev.migrationledger.contracts.unread;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why Python itself refuses a file. */
public sealed interface SyntaxError extends UnreadReason {

    /** The file breaks a rule of Python. */
    record BrokenRule(Rule rule) implements SyntaxError {}

    /** A token stands where another one belongs. */
    record UnexpectedToken(Token found, Expected expected) implements SyntaxError {}

    /**
     * A word or an operator is missing.
     *
     * @param missing any of them would do
     * @param before what stands there instead
     */
    record MissingToken(List<String> missing, Token before) implements SyntaxError {
        public MissingToken {
            missing = List.copyOf(missing);
        }
    }

    /** A bracket is never closed. */
    record UnclosedBracket(String opening) implements SyntaxError {}

    /** A bracket closes nothing. */
    record StrayBracket(String closing) implements SyntaxError {}

    /** A bracket closes one of another kind. */
    record MismatchedBracket(String closing, String opening) implements SyntaxError {}

    /** A character that Python does not have, or not in a name. */
    record StrayCharacter(String character) implements SyntaxError {}

    /** The encoding that a file declares does not exist. */
    record UnknownEncoding(String encoding) implements SyntaxError {}

    /** The encoding that a file declares contradicts its UTF-8 byte order mark. */
    record ContradictedEncoding(String encoding) implements SyntaxError {}

    /**
     * A byte does not belong to the file's encoding.
     *
     * @param value of the byte, from 0 to 255
     * @param encoding that the file declares; absent: none, so it should be UTF-8
     */
    record InvalidByte(int value, @Nullable String encoding) implements SyntaxError {}

    /**
     * A token of a file.
     *
     * @param text of a word, a number or an operator, shortened; absent for other kinds
     */
    record Token(Kind kind, @Nullable String text) {

        public enum Kind {
            /** A word, a number or an operator. */
            WORD,
            STRING,
            LINE_END,
            INDENT,
            DEDENT,
            FILE_END
        }
    }

    /** What belongs in the place of a token. */
    enum Expected {
        VALUE,
        NAME,
        LINE_END,
        STATEMENT_END,
        /** {@code def}, {@code for} or {@code with}. */
        ASYNC_STATEMENT,
        /** Of a field in a formatted string. */
        FIELD_END,
        /** {@code s}, {@code r} or {@code a}. */
        CONVERSION
    }

    /** What the grammar of Python demands. */
    enum Rule {
        ASSIGNMENT_TARGET,
        COMPLETE_ESCAPE,
        KNOWN_ESCAPE,
        BRACKET_DEPTH,
        BLOCK_DEPTH,
        FORMATTED_STRING_DEPTH,
        EXPRESSION_SIZE,
        MATCHING_INDENT,
        NO_INDENT,
        BLOCK,
        PATTERN,
        BYTES_OR_TEXT,
        CLOSED_BRACKET,
        CLOSED_STRING,
        CLOSED_TRIPLE_STRING,
        CLOSED_FORMATTED_STRING,
        CLOSED_FIELD,
        BACKSLASH_AT_LINE_END,
        PYTHON_3_PRINT,
        NO_MERGE_CONFLICT,
        NO_NULL_BYTE
    }
}
