package dev.migrationledger.core.scripts;

import dev.migrationledger.contracts.unread.FileReason;
import dev.migrationledger.contracts.unread.FileReason.*;
import dev.migrationledger.contracts.unread.OperationReason;
import dev.migrationledger.contracts.unread.OperationReason.*;
import dev.migrationledger.contracts.unread.SqlReason;
import dev.migrationledger.contracts.unread.SqlReason.*;
import dev.migrationledger.contracts.unread.SyntaxError;
import dev.migrationledger.contracts.unread.SyntaxError.*;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason;
import dev.migrationledger.contracts.unread.ValueReason.*;
import java.util.stream.Collectors;

/** Why a reader of scripts gave up, for people: one clause, without a full stop. */
public final class ReasonText {

    private ReasonText() {}

    /** The clause of one reason. */
    public static String of(UnreadReason reason) {
        return switch (reason) {
            case SyntaxError syntax -> syntax(syntax);
            case ValueReason value -> value(value);
            case SqlReason sql -> sql(sql);
            case OperationReason operation -> operation(operation);
            case FileReason file -> file(file);
        };
    }

    private static String syntax(SyntaxError error) {
        return switch (error) {
            case BrokenRule it -> rule(it.rule());
            case UnexpectedToken it -> token(it.found()) + switch (it.expected()) {
                case VALUE -> " appears where a value belongs";
                case NAME -> " appears where a name belongs";
                case LINE_END -> " appears where the line should end";
                case STATEMENT_END -> " appears where the statement should end";
                case ASYNC_STATEMENT -> " appears after 'async'";
                case FIELD_END -> " appears where the field of a formatted string should end";
                case CONVERSION -> " is not a conversion of a formatted string";
            };
            case MissingToken it -> "%s is missing before %s".formatted(
                    it.missing().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" or ")),
                    token(it.before()));
            case UnclosedBracket it -> "'%s' is not closed".formatted(it.opening());
            case StrayBracket it -> "'%s' closes nothing".formatted(it.closing());
            case MismatchedBracket it -> "'%s' does not close '%s'".formatted(it.closing(), it.opening());
            case StrayCharacter it -> "Python does not allow '%s' here".formatted(it.character());
            case UnknownEncoding it -> "the declared encoding '%s' is unknown".formatted(it.encoding());
            case ContradictedEncoding it ->
                "the declared encoding '%s' contradicts the UTF-8 byte order mark".formatted(it.encoding());
            case InvalidByte it -> it.encoding() == null
                    ? "byte 0x%02x is not UTF-8, and no encoding is declared".formatted(it.value())
                    : "byte 0x%02x is not in the declared encoding %s".formatted(it.value(), it.encoding());
        };
    }

    private static String token(Token token) {
        return switch (token.kind()) {
            case WORD -> "'" + token.text() + "'";
            case STRING -> "a string";
            case LINE_END -> "the line's end";
            case INDENT -> "an indented line";
            case DEDENT -> "the block's end";
            case FILE_END -> "the file's end";
        };
    }

    private static String rule(Rule rule) {
        return switch (rule) {
            case ASSIGNMENT_TARGET -> "nothing can be assigned to this expression";
            case COMPLETE_ESCAPE -> "an escape sequence in a string is incomplete";
            case KNOWN_ESCAPE -> "an escape sequence in a string names no character";
            case BRACKET_DEPTH -> "brackets are nested too deeply";
            case BLOCK_DEPTH -> "blocks are nested too deeply";
            case FORMATTED_STRING_DEPTH -> "formatted strings are nested too deeply";
            case EXPRESSION_SIZE -> "an expression is too large";
            case MATCHING_INDENT -> "the indentation matches no line above";
            case NO_INDENT -> "the indentation is unexpected";
            case BLOCK -> "an indented block is missing";
            case PATTERN -> "a pattern is missing after 'case'";
            case BYTES_OR_TEXT -> "one string mixes bytes and text";
            case CLOSED_BRACKET -> "a bracket is not closed";
            case CLOSED_STRING -> "a string is not closed";
            case CLOSED_TRIPLE_STRING -> "a triple-quoted string is not closed";
            case CLOSED_FORMATTED_STRING -> "a formatted string is not closed";
            case CLOSED_FIELD -> "a field of a formatted string is not closed";
            case BACKSLASH_AT_LINE_END -> "a backslash does not end its line";
            case PYTHON_3_PRINT -> "'print' and 'exec' are functions in Python 3";
            case NO_MERGE_CONFLICT -> "a merge conflict is not resolved";
            case NO_NULL_BYTE -> "the file contains a null byte";
        };
    }

    private static String value(ValueReason reason) {
        return switch (reason) {
            case UnknownValue it -> value(it.value());
            case Called it -> "it calls '%s'".formatted(it.function());
            case RunsArgument it -> "it runs the argument of '%s'".formatted(it.function());
            case Conditional it -> "it depends on '%s'".formatted(it.condition());
            case Builtin it -> "it is Python's own '%s'".formatted(it.name());
            case Undefined it -> "'%s' does not define '%s'".formatted(it.module(), it.name());
            case UndefinedName it -> "'%s' is not defined".formatted(it.name());
            case UnknownField it -> "'%s' in the formatted string is unknown".formatted(it.field());
            case SeveralResults it -> "'%s' can return different values".formatted(it.function());
            case ChangedGlobal it -> "a function that may not run changes '%s'".formatted(it.name());
            case ImportedFromOutside it ->
                "it is imported from '%s', which is not a file of this project".formatted(it.module());
            case TooManyNames it -> "it defines more than %d names".formatted(it.most());
            case OtherFile it -> "'%s' ".formatted(it.path()) + switch (it.obstacle()) {
                case OUTSIDE -> "is not a file of this project";
                case TOO_LARGE -> "is larger than 1 MB";
                case TOO_MANY_LINES -> "has too many lines";
                case UNREADABLE -> "cannot be read";
            };
            case ModuleNotFollowed it -> "'%s' is not followed: %s".formatted(it.module(), of(it.cause()));
            case UnknownElsewhere it -> "in '%s', %s".formatted(it.module(), of(it.cause()));
            case UnknownReference it -> "'%s' is unknown: %s".formatted(it.name(), of(it.cause()));
            case UnknownName it -> "'%s' on line %d%s is unknown: %s".formatted(it.name(), it.line(),
                    it.file() == null ? "" : " of '" + it.file() + "'", of(it.cause()));
            case InvalidSource it -> "Python cannot read %s: %s".formatted(source(it), of(it.cause()));
            case TooLargeFrom it -> "it is too large to read after line %d".formatted(it.line());
        };
    }

    private static String source(InvalidSource it) {
        String whole = it.function() == null ? "it" : "'" + it.function() + "'";
        return it.line() == null ? whole : "line %d of %s".formatted(it.line(), whole);
    }

    private static String value(Value value) {
        return switch (value) {
            case COMPUTED -> "it is computed";
            case COMPUTED_CALLEE -> "the function that it calls is computed";
            case COMPUTED_NAME -> "its name is computed";
            case CHANGED_IN_PLACE -> "it is changed in place";
            case NOT_CALLABLE -> "it calls something that is not a function";
            case TOO_LARGE -> "it is too large to follow";
            case NESTED_TOO_DEEPLY -> "it is nested too deeply to follow";
            case TOO_MANY_STEPS -> "it takes too many steps to follow";
            case UNKNOWN_LOOP -> "a loop that cannot be followed makes it";
            case LOOP_END -> "it depends on when a loop ends";
            case PATTERN -> "a pattern may define it";
            case TYPE -> "it is a type";
            case CLASS -> "it is a class";
            case INSTANCE -> "it is an instance of a class";
            case FUNCTION -> "it is a function";
            case MODULE -> "it is a module";
            case PATH -> "it is a path";
            case SLICE -> "it is a slice";
            case TEMPLATE_STRING -> "it is a template string";
            case SCHEMA_DEPENDENT -> "it depends on the schema";
            case UNPACKED_OTHER_SHAPE -> "it is unpacked from a value of another shape";
            case UNKNOWN_SUM -> "it adds values that cannot be added";
            case DELETED -> "it is deleted";
            case UNPACKS_NO_LIST -> "it unpacks something that is not a list";
            case UNPACKS_NO_DICT -> "it unpacks something that is not a dict";
            case UNKNOWN_PART -> "it is part of an unknown value";
            case SENT_TO_GENERATOR -> "it is sent to a generator";
            case UNKNOWN_COMPARISON -> "it compares unknown values";
            case RECURSIVE_CALL -> "it calls itself";
            case CALLS_TOO_DEEP -> "calls are nested too deeply";
            case PARAMETER -> "the caller passes it";
            case CIRCULAR_IMPORT -> "modules import it from each other";
            case LONG_IMPORT_CHAIN -> "too many modules pass it on";
            case TOO_MANY_FILES -> "the script reads too many other files";
            case NO_FUNCTION_OF_PROJECT -> "it is not a function of this project";
            case WILDCARD_IMPORT -> "it may come from an 'import *'";
        };
    }

    private static String sql(SqlReason reason) {
        return switch (reason) {
            case UnknownStatement it -> statement(it.statement());
            case CalledInDatabase it -> "it calls the database function '%s'".formatted(it.function());
            case NotInGrammar it -> "PostgreSQL does not accept it: " + position(it);
            case BracketsTooDeep it -> "its brackets are nested more than %d deep".formatted(it.deepest());
            case TooManyWords it -> "it has more than %d words".formatted(it.most());
            case UnreadCodeBlock it -> "the code block cannot be read: "
                    + (it.cause() instanceof NotInGrammar place ? position(place) : of(it.cause()));
        };
    }

    private static String position(NotInGrammar place) {
        return "line %d, at '%s'".formatted(place.line(), place.near());
    }

    private static String statement(Statement statement) {
        return switch (statement) {
            case UNKNOWN_PARTS -> "parts of the statement are unknown";
            case SEARCH_PATH -> "its schema depends on the search path";
            case TRIGGERS_MADE_BEFORE -> "it affects triggers that were created before";
            case OBJECT_KIND -> "this kind of object is not followed";
            case OTHER_LANGUAGE -> "the code block is in another language";
            case PREPARED_ELSEWHERE -> "the statement was prepared elsewhere";
            case EXECUTES_TOO_DEEP -> "statements execute each other too deeply";
            case TOO_LONG -> "the statement is longer than a million characters";
            case SCHEMA_OF_USER -> "the schema has the name of a user";
            case TOO_MANY_STEPS -> "the statement takes too many steps to read";
            case TOO_MANY_STEPS_OF_SCRIPT -> "the SQL of the script takes too many steps to read";
            case UNCLOSED_COMMENT -> "a comment is not closed";
            case STATEMENT_TOO_DEEP -> "the statement is nested too deeply to read";
        };
    }

    private static String operation(OperationReason reason) {
        return switch (reason) {
            case UnknownOperation it -> part(it.part());
            case MissingArgument it -> "its argument '%s' is missing".formatted(it.argument());
            case ComputedArgument it -> "its argument '%s' is computed".formatted(it.argument());
            case ForeignOperation it -> "Alembic itself has no operation '%s'".formatted(it.operation());
            case ComputedToken it -> "'%s' of its naming convention is computed".formatted(it.token());
            case UnknownToken it -> "'%%(%s)s' of its naming convention is unknown".formatted(it.token());
            case TooManyEffects it -> "the function does more than %d things".formatted(it.most());
            case UnknownSql it -> "the statement is unknown: " + of(it.cause());
            case UnknownKeyName it -> "the name of its primary key is unknown: " + of(it.cause());
        };
    }

    private static String part(Part part) {
        return switch (part) {
            case UNPACKED_ARGUMENTS -> "its arguments are unpacked";
            case CONDITIONAL_APPEND -> "it is appended on a condition";
            case UNKNOWN_CALLEE -> "the function that it calls is unknown";
            case CALLEE_ELSEWHERE -> "the function that it calls is defined elsewhere";
            case RUNS_FUNCTION -> "it runs a function that is not followed";
            case WRITES_TABLE -> "it writes a table";
            case UNKNOWN_EXECUTION -> "it executes an unknown statement";
            case NO_STATEMENT -> "it executes something that is not a statement";
            case STATEMENT_ELSEWHERE -> "the statement is defined elsewhere";
            case STATEMENT_KIND -> "this kind of statement is not followed";
            case CONNECTION_USE -> "this use of the connection is not followed";
            case CONTEXT_USE -> "this use of the migration context is not followed";
            case SESSION_ROWS -> "it writes back rows that a session read";
            case SESSION_CLASSES -> "it writes through a session, whose classes are not followed";
            case CREATED_OBJECT -> "the object that it creates is unknown";
            case DROPPED_OBJECT -> "the object that it drops is unknown";
            case TABLE_ELSEWHERE -> "its table is defined elsewhere";
            case TABLES_ELSEWHERE -> "its tables are defined elsewhere";
            case UNKNOWN_TABLE -> "its table is unknown";
            case COMPUTED_ELEMENT -> "an element of the table is computed";
            case COMPUTED_COLUMN -> "a column is computed";
            case COMPUTED_COLUMN_NAME -> "a column's name is computed";
            case COMPUTED_SCHEMA -> "its schema is computed";
            case CONSTRAINT_ELSEWHERE -> "the constraint is defined elsewhere";
            case CONSTRAINT_NAME -> "the constraint's name is unknown";
            case CONSTRAINT_KIND -> "this kind of constraint is not followed";
            case COMPUTED_REFERRED_TABLE -> "the table that it refers to is computed";
            case ENUM_NAME -> "the enum's name is computed";
            case COMPUTED_CONVENTION -> "its naming convention is computed";
            case INVALID_CONVENTION -> "its naming convention cannot be applied";
            case CONVENTION_NEEDS_NAME -> "its naming convention needs a name";
            case ENTITY_ELSEWHERE -> "the entity is defined elsewhere";
            case ENTITY_KIND -> "this kind of entity is not followed";
            case ENTITY_PARAMETERS -> "its signature has no parameters";
            case ENTITY_TABLE -> "its definition names no table";
            case CLASS_SHARES_TABLE -> "its class shares the table of another class";
            case CLASS_TABLE_NAME -> "the table name of its class is computed";
            case CLASS_FUNCTION -> "a function of its class declares a part of it";
            case CLASS_ANNOTATION -> "a column of its class is only annotated";
            case CLASS_DECLARATION -> "what its class declares besides columns is computed";
            case SCHEMA_CONDITION -> "it first asks the schema, in a way that cannot be read";
        };
    }

    private static String file(FileReason reason) {
        return switch (reason) {
            case UnreadFile it -> switch (it.obstacle()) {
                case FILE_TOO_DEEP -> "it is nested too deeply to read";
                case GONE -> "the file can no longer be read";
                case CHANGED -> "the file has changed since the scan";
                case TOO_MANY_EFFECTS -> "the agent sends no more effects of one function";
                case UNOBSERVED_SCHEMA -> "its schema was not observed";
            };
            case MemoryExceeded it ->
                "reading it takes more memory than the agent may use (%d MB)".formatted(it.megabytes());
            case AgentFailure it ->
                "an internal error, please report it with this file: %s, version %s".formatted(it.error(),
                        it.agentVersion());
        };
    }
}
