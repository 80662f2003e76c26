package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an expression stands for, as far as that can be said without running it. */
public sealed interface Symbol {

    /** Python's {@code None}. */
    enum None implements Symbol {
        NONE
    }

    /**
     * A text. Where it was read does not matter for what it is.
     *
     * @param readAt where it stands in another file that is no module; absent: it is a literal, or computed
     */
    record Text(
            String text, @Nullable SourceRange readAt) implements Symbol {

        public Text(String text) {
            this(text, null);
        }

        /** What {@code text % values} gives; absent where that cannot be known. */
        public @Nullable Symbol filled(Symbol values) {
            Symbol filled = Formats.percent(text, values);
            return filled == null ? null : ProjectFiles.located(filled, this);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Text that && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /**
     * A {@code pathlib.Path}.
     *
     * @param path with {@code /}, relative to the folder from which people name the project's files
     */
    record ProjectPath(String path) implements Symbol {}

    record Truth(boolean truth) implements Symbol {}

    /**
     * A number.
     *
     * @param source as it is written or as Python would print it
     * @param whole absent where it is no whole number, or too large
     */
    record Numeral(
            String source, @Nullable Long whole) implements Symbol {}

    record Items(Kind kind, List<Symbol> values) implements Symbol {
        public enum Kind {
            TUPLE,
            LIST,
            SET
        }

        public Items {
            values = List.copyOf(values);
        }
    }

    record Dict(List<Entry> entries) implements Symbol {
        public Dict {
            entries = List.copyOf(entries);
        }
    }

    record Entry(Symbol key, Symbol value) {}

    /**
     * Something that another module defines and that was not looked into.
     *
     * @param dotted full name, whatever it is called here: {@code os.path}, {@code datetime.date}
     * @param importer the file that imports it, where a project can have it: only there it is known which one is meant
     */
    record Reference(String dotted, @Nullable EvaluatedModule importer) implements Symbol {

        /** Of a library that is known by its names. */
        public Reference(String dotted) {
            this(dotted, null);
        }

        /** What it leads to in the project, through attributes as well; absent where that is nothing of the project. */
        public @Nullable Symbol target() {
            return Imports.target(this);
        }

        Reference attribute(String name) {
            return new Reference(dotted + "." + name, importer);
        }
    }

    /** An attribute of something that is not looked into, such as {@code batch_op.add_column}. */
    record Member(Symbol of, String name) implements Symbol {}

    /**
     * What a call that is not looked into returns, such as {@code sa.Column("id", sa.Integer())}.
     *
     * @param named in the order in which they are written
     * @param complete false: arguments were unpacked that cannot be known
     * @param fields what was put into an instance of a class of the project, by name
     */
    record Made(
            Symbol callee,
            List<Symbol> positional,
            Map<String, Symbol> named,
            boolean complete,
            Map<String, Symbol> fields,
            SourceRange place)
            implements
                Symbol {

        public Made(
                Symbol callee, List<Symbol> positional, Map<String, Symbol> named, boolean complete,
                SourceRange place) {
            this(callee, positional, named, complete, Map.of(), place);
        }

        Made with(Map<String, Symbol> more) {
            return new Made(callee, positional, named, complete, Map.copyOf(more), place);
        }
    }

    /** What the schema answers; as little to be known as what it holds, but it depends on nothing else. */
    record Answered(Answer answer) implements Symbol {}

    /** A function of the same file, or of another one of the project. */
    record Local(Statement.Function function, Home home) implements Symbol {

        /** What it returns for these arguments, whatever else it does. */
        public Symbol returned(Symbol... positional) {
            return Calls.returned(this, List.of(positional));
        }
    }

    /** A class of the same file, or of another one of the project. */
    record Type(Statement.ClassDefinition definition, Members members) implements Symbol {}

    /** Where something was defined: names within mean what they mean there. */
    sealed interface Home permits Frame {}

    /** What a class binds, found out when somebody asks for it. */
    @FunctionalInterface
    interface Members {

        /** By name, in the order of the source. */
        Map<String, Symbol> all();

        /** The classes below it, and what else it is derived from, in the order of the source. */
        default List<Symbol> bases() {
            return List.of();
        }

        /** Names that are annotated, which a dataclass and its like take in this order. */
        default List<String> annotated() {
            return List.of();
        }
    }

    /**
     * Not to be known.
     *
     * @param expression its source, shortened
     * @param reason why
     * @param outline of a text that is known in part: those parts, with {@link #HOLE} in the place of each other; absent: nothing
     *     is known of it
     * @param plain whether it is surely a text, list, set or dict of Python, whose methods do nothing to anything else
     */
    record Unknown(
            String expression, UnreadReason reason, SourceRange place, @Nullable String outline, boolean plain)
            implements
                Symbol {

        /** A character that stands for others and is in no script. */
        public static final char HOLE = '\uFFFC';

        public Unknown(String expression, UnreadReason reason, SourceRange place) {
            this(expression, reason, place, null, false);
        }

        /** The same, surely made by Python itself. */
        Unknown asPlain() {
            return new Unknown(expression, reason, place, outline, true);
        }

        /** The same, with what is known of it: a text, or another that is known in part. */
        Unknown outlined(@Nullable Symbol known) {
            String parts = outline(known);
            return new Unknown(expression, reason, place, parts, plain || parts != null);
        }

        /** Whether a symbol is surely a value of Python's own, known or not. */
        static boolean isPlain(Symbol symbol) {
            return symbol instanceof Text || symbol instanceof Items || symbol instanceof Dict
                    || symbol instanceof Truth || symbol instanceof Numeral
                    || (symbol instanceof Unknown unknown && unknown.plain);
        }

        private static @Nullable String outline(@Nullable Symbol known) {
            return known instanceof Text text ? text.text() : known instanceof Unknown unknown ? unknown.outline : null;
        }

        /** One text behind the other; absent where nothing is known of either, or too much. */
        static @Nullable Symbol joined(Symbol left, Symbol right) {
            String first = outline(left);
            String second = outline(right);
            if (first == null && second == null) {
                return null;
            }
            String both = (first == null ? "" + HOLE : first) + (second == null ? "" + HOLE : second);
            return both.length() > SymbolOperators.LONGEST_TEXT ? null : new Text(both);
        }
    }
}
