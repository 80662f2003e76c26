package dev.migrationledger.contracts.unread;

import dev.migrationledger.contracts.text.Redaction;
import org.jspecify.annotations.Nullable;

/** Why a value or a call in Python cannot be known without running it. */
public sealed interface ValueReason extends UnreadReason {

    /** Of its kind nothing is known. */
    record UnknownValue(Value value) implements ValueReason {}

    /** It is what a call returns. */
    record Called(String function) implements ValueReason {
        public Called {
            function = Redaction.of(function);
        }
    }

    /** It runs a program, or other code, that it is given as a text. */
    record RunsArgument(String function) implements ValueReason {}

    /** It depends on a condition. */
    record Conditional(String condition) implements ValueReason {
        public Conditional {
            condition = Redaction.of(condition);
        }
    }

    /** It is something of Python itself, such as {@code print}. */
    record Builtin(String name) implements ValueReason {}

    /** A module does not define a name. */
    record Undefined(String name, String module) implements ValueReason {}

    /** The file does not define a name, or not before. */
    record UndefinedName(String name) implements ValueReason {}

    /** A field of a formatted string is unknown. */
    record UnknownField(String field) implements ValueReason {
        public UnknownField {
            field = Redaction.of(field);
        }
    }

    /** A function returns one value or another. */
    record SeveralResults(String function) implements ValueReason {}

    /** A function that may run, or not, changes a global name. */
    record ChangedGlobal(String name) implements ValueReason {}

    /** It is imported from a module outside the project. */
    record ImportedFromOutside(String module) implements ValueReason {}

    /** A module binds too many names. */
    record TooManyNames(int most) implements ValueReason {}

    /** It is in another file, which is not read. */
    record OtherFile(String path, Obstacle obstacle) implements ValueReason {

        public enum Obstacle {
            /** It is not a file of the project. */
            OUTSIDE,
            TOO_LARGE,
            TOO_MANY_LINES,
            UNREADABLE
        }
    }

    /** A module of the project is not followed. */
    record ModuleNotFollowed(String module, UnreadReason cause) implements ValueReason {}

    /** It is unknown in another module. */
    record UnknownElsewhere(String module, UnreadReason cause) implements ValueReason {}

    /** What a name from another file stands for is unknown. */
    record UnknownReference(String name, UnreadReason cause) implements ValueReason {}

    /**
     * A name stands for something unknown.
     *
     * @param line where the name is bound
     * @param file in which it is bound; absent: in the script itself
     */
    record UnknownName(String name, int line, @Nullable String file, UnreadReason cause) implements ValueReason {}

    /**
     * Python refuses the file, or a function in it.
     *
     * @param function absent: the whole file
     * @param line of the error; absent: the place that has this reason
     */
    record InvalidSource(@Nullable String function, @Nullable Integer line, SyntaxError cause) implements ValueReason {}

    /** From a line on, the file is too large to read. */
    record TooLargeFrom(int line) implements ValueReason {}

    /** What is unknown, or why. */
    enum Value {
        COMPUTED,
        COMPUTED_CALLEE,
        COMPUTED_NAME,
        CHANGED_IN_PLACE,
        NOT_CALLABLE,
        TOO_LARGE,
        NESTED_TOO_DEEPLY,
        TOO_MANY_STEPS,
        UNKNOWN_LOOP,
        LOOP_END,
        PATTERN,
        TYPE,
        CLASS,
        INSTANCE,
        FUNCTION,
        MODULE,
        PATH,
        SLICE,
        TEMPLATE_STRING,
        SCHEMA_DEPENDENT,
        UNPACKED_OTHER_SHAPE,
        UNKNOWN_SUM,
        DELETED,
        UNPACKS_NO_LIST,
        UNPACKS_NO_DICT,
        UNKNOWN_PART,
        SENT_TO_GENERATOR,
        UNKNOWN_COMPARISON,
        RECURSIVE_CALL,
        CALLS_TOO_DEEP,
        PARAMETER,
        CIRCULAR_IMPORT,
        LONG_IMPORT_CHAIN,
        TOO_MANY_FILES,
        NO_FUNCTION_OF_PROJECT,
        WILDCARD_IMPORT
    }
}
