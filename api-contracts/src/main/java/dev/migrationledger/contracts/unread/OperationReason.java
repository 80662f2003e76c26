package dev.migrationledger.contracts.unread;

/** Why what an operation of a migration tool does cannot be known. */
public sealed interface OperationReason extends UnreadReason {

    /** A part of it is not known, or not followed. */
    record UnknownOperation(Part part) implements OperationReason {}

    /** An argument that it needs is not given. */
    record MissingArgument(String argument) implements OperationReason {}

    /** An argument is computed. */
    record ComputedArgument(String argument) implements OperationReason {}

    /** The tool itself has no such operation. */
    record ForeignOperation(String operation) implements OperationReason {}

    /** The naming convention computes one of its own tokens. */
    record ComputedToken(String token) implements OperationReason {}

    /** The naming convention uses a token that SQLAlchemy does not have. */
    record UnknownToken(String token) implements OperationReason {}

    /** The function that it is in does too much to list. */
    record TooManyEffects(int most) implements OperationReason {}

    /** The statement that it executes is not known. */
    record UnknownSql(UnreadReason cause) implements OperationReason {}

    /** The name of a table's primary key is not known. */
    record UnknownKeyName(UnreadReason cause) implements OperationReason {}

    /** What is unknown, or why. */
    enum Part {
        UNPACKED_ARGUMENTS,
        CONDITIONAL_APPEND,
        UNKNOWN_CALLEE,
        CALLEE_ELSEWHERE,
        RUNS_FUNCTION,
        WRITES_TABLE,
        UNKNOWN_EXECUTION,
        NO_STATEMENT,
        STATEMENT_ELSEWHERE,
        STATEMENT_KIND,
        CONNECTION_USE,
        CONTEXT_USE,
        SESSION_ROWS,
        SESSION_CLASSES,
        CREATED_OBJECT,
        DROPPED_OBJECT,
        TABLE_ELSEWHERE,
        TABLES_ELSEWHERE,
        UNKNOWN_TABLE,
        COMPUTED_ELEMENT,
        COMPUTED_COLUMN,
        COMPUTED_COLUMN_NAME,
        COMPUTED_SCHEMA,
        CONSTRAINT_ELSEWHERE,
        CONSTRAINT_NAME,
        CONSTRAINT_KIND,
        COMPUTED_REFERRED_TABLE,
        ENUM_NAME,
        COMPUTED_CONVENTION,
        INVALID_CONVENTION,
        CONVENTION_NEEDS_NAME,
        ENTITY_ELSEWHERE,
        ENTITY_KIND,
        ENTITY_PARAMETERS,
        ENTITY_TABLE,
        CLASS_SHARES_TABLE,
        CLASS_TABLE_NAME,
        CLASS_FUNCTION,
        CLASS_ANNOTATION,
        CLASS_DECLARATION,
        SCHEMA_CONDITION
    }
}
