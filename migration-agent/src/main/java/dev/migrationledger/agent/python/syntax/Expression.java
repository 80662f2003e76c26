package dev.migrationledger.agent.python.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of Python, as the grammar has it. */
public sealed interface Expression {

    SourceRange place();

    /**
     * What was passed over because it is data or hostile: elements of a list after thousands of them, what is nested over a
     * hundred levels deep.
     */
    record Elided(SourceRange place) implements Expression {}

    record Name(String name, SourceRange place) implements Expression {}

    /** A string that is not formatted, adjacent literals already joined. */
    record Text(String text, SourceRange place) implements Expression {}

    /**
     * A string of bytes, adjacent literals already joined.
     *
     * @param text one character for each byte
     */
    record Bytes(String text, SourceRange place) implements Expression {}

    /**
     * A number, real or imaginary.
     *
     * @param source as it is written, such as {@code 0x1F}
     */
    record Numeral(String source, SourceRange place) implements Expression {}

    enum Word {
        NONE,
        TRUE,
        FALSE,
        ELLIPSIS
    }

    record Constant(Word word, SourceRange place) implements Expression {}

    /**
     * A formatted string, adjacent literals joined; also one without any field.
     *
     * @param parts {@link Text} for what is literal, {@link Field} for what is computed
     */
    record Formatted(List<Expression> parts, SourceRange place) implements Expression {}

    /**
     * A template string (PEP 750): parts like those of a formatted string, but it is no text.
     *
     * @param parts {@link Text} for what is literal, {@link Field} for what is computed
     */
    record Template(List<Expression> parts, SourceRange place) implements Expression {}

    /**
     * A replacement field of a formatted string.
     *
     * @param conversion {@code 'r'}, {@code 's'}, {@code 'a'}; absent where none is written
     * @param specification after the colon; absent where none is written
     */
    record Field(
            Expression value,
            @Nullable Character conversion,
            @Nullable Formatted specification,
            SourceRange place)
            implements
                Expression {}

    enum Brackets {
        TUPLE,
        LIST,
        SET
    }

    /**
     * A tuple, list or set as it is written out.
     *
     * @param elements may be {@link Starred}
     */
    record Sequence(Brackets kind, List<Expression> elements, SourceRange place) implements Expression {}

    record Dict(List<Entry> entries, SourceRange place) implements Expression {}

    /**
     * One entry of a dict.
     *
     * @param key absent: {@code **value}
     */
    record Entry(
            @Nullable Expression key, Expression value) {}

    record Attribute(Expression value, String name, SourceRange place) implements Expression {}

    record Subscript(Expression value, Expression index, SourceRange place) implements Expression {}

    /** Only as an index, or within a tuple that is one. */
    record Slice(
            @Nullable Expression lower,
            @Nullable Expression upper,
            @Nullable Expression step,
            SourceRange place)
            implements
                Expression {}

    record Call(Expression function, List<Argument> arguments, SourceRange place) implements Expression {}

    /**
     * An argument of a call or base of a class.
     *
     * @param name absent: positional, {@code *value} ({@link Starred}) or {@code **value} ({@link DoubleStarred})
     */
    record Argument(
            @Nullable String name, Expression value) {}

    record Starred(Expression value, SourceRange place) implements Expression {}

    /** Only as an argument. */
    record DoubleStarred(Expression value, SourceRange place) implements Expression {}

    /**
     * An operator before its operand.
     *
     * @param operator {@code -}, {@code +}, {@code ~} or {@code not}
     */
    record Unary(String operator, Expression operand, SourceRange place) implements Expression {}

    /**
     * An operator between two operands.
     *
     * @param operator such as {@code +}, {@code %}, {@code |}
     */
    record Binary(String operator, Expression left, Expression right, SourceRange place) implements Expression {}

    /**
     * Operands of which as many are evaluated as needed.
     *
     * @param operator {@code and} or {@code or}
     */
    record Logical(String operator, List<Expression> operands, SourceRange place) implements Expression {}

    /**
     * A chain of comparisons, as in {@code a < b <= c}.
     *
     * @param operators such as {@code ==}, {@code not in}, {@code is not}; one less than operands
     */
    record Comparison(List<Expression> operands, List<String> operators, SourceRange place) implements Expression {}

    record Conditional(Expression test, Expression yes, Expression no, SourceRange place) implements Expression {}

    record Lambda(Parameters parameters, Expression body, SourceRange place) implements Expression {}

    enum Comprehended {
        LIST,
        SET,
        DICT,
        GENERATOR
    }

    /**
     * A list, set, dict or generator made by loops.
     *
     * @param value of a dict comprehension, whose key is {@code element}; absent otherwise
     */
    record Comprehension(
            Comprehended kind,
            Expression element,
            @Nullable Expression value,
            List<Clause> clauses,
            SourceRange place)
            implements
                Expression {}

    /** {@code for target in values if … if …}. */
    record Clause(Expression target, Expression values, List<Expression> conditions, boolean async) {}

    /** {@code (name := value)}. */
    record Walrus(Name target, Expression value, SourceRange place) implements Expression {}

    record Await(Expression value, SourceRange place) implements Expression {}

    /**
     * A value handed out by a generator.
     *
     * @param from whether it is {@code yield from}
     */
    record Yield(
            @Nullable Expression value, boolean from, SourceRange place) implements Expression {}
}
