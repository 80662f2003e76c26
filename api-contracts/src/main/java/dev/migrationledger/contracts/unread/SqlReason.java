package dev.migrationledger.contracts.unread;

import dev.migrationledger.contracts.text.Redaction;

/** Why a statement cannot be read as SQL, or what it does cannot be known. */
public sealed interface SqlReason extends UnreadReason {

    /** What it does depends on something else, or it is too large. */
    record UnknownStatement(Statement statement) implements SqlReason {}

    /** It calls a function of the database. */
    record CalledInDatabase(String function) implements SqlReason {}

    /**
     * PostgreSQL's grammar does not have it.
     *
     * @param line of the statement, from 1
     * @param near the token at which reading ended, shortened
     */
    record NotInGrammar(int line, String near) implements SqlReason {
        public NotInGrammar {
            near = Redaction.of(near);
        }
    }

    /** Its brackets are nested too deeply. */
    record BracketsTooDeep(int deepest) implements SqlReason {}

    /** It has too many words. */
    record TooManyWords(int most) implements SqlReason {}

    /** A code block cannot be read. */
    record UnreadCodeBlock(SqlReason cause) implements SqlReason {}

    /** What is unknown, or why. */
    enum Statement {
        UNKNOWN_PARTS,
        SEARCH_PATH,
        TRIGGERS_MADE_BEFORE,
        OBJECT_KIND,
        OTHER_LANGUAGE,
        PREPARED_ELSEWHERE,
        EXECUTES_TOO_DEEP,
        TOO_LONG,
        SCHEMA_OF_USER,
        TOO_MANY_STEPS,
        TOO_MANY_STEPS_OF_SCRIPT,
        UNCLOSED_COMMENT,
        STATEMENT_TOO_DEEP
    }
}
