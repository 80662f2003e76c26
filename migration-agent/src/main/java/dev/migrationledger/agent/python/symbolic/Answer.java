package dev.migrationledger.agent.python.symbolic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the schema answers when a script asks what is there: not known, but known to depend on that alone. */
public sealed interface Answer {

    /** True where the condition holds, else false. */
    record Holds(Guard guard) implements Answer {}

    /** A list or result that has an element where the condition holds, else none. */
    record Some(Guard guard) implements Answer {}

    /** An object or row where the condition holds, else {@code None}. */
    record One(Guard guard) implements Answer {}

    /** A number that is above zero where the condition holds, else zero. */
    record Count(Guard guard) implements Answer {}

    /**
     * The result of a query with one row of one value.
     *
     * @param scalars whether it gives the value in the row's place
     */
    record Single(Symbol value, boolean scalars) implements Answer {

        /** Its one row. */
        public Symbol row() {
            return scalars ? value : new Symbol.Answered(new Row(value));
        }
    }

    /** That row: {@code row[0]}, {@code row["name"]}, {@code row.name}. */
    record Row(Symbol value) implements Answer {}

    /** A list or set of known elements, each in it on a condition of its own. */
    record Chosen(List<Element> elements) implements Answer {

        /** @param guard on which condition it is in it */
        record Element(Symbol value, Guard guard) {}

        public Chosen {
            elements = List.copyOf(elements);
        }

        /** What a loop over it goes through; absent where that is not known. */
        static @Nullable List<Element> elements(Symbol symbol) {
            if (symbol instanceof Symbol.Answered(Chosen chosen)) {
                return chosen.elements;
            }
            List<Symbol> values = Containers.elements(symbol);
            return values == null
                    ? null
                    : values.stream().map(value -> new Element(value, Guard.All.ALWAYS)).toList();
        }

        /** Whether there is any. */
        Guard any() {
            return Guard.any(elements.stream().map(Element::guard).toList());
        }
    }

    /**
     * All objects of one kind that a schema or table has, or something of them.
     *
     * @param asked as in {@link Guard.Found}
     */
    record Objects(
            Sought.Kind kind, @Nullable String schema, @Nullable String table, int asked, Form form)
            implements
                Answer {

        /** Something else of the same objects. */
        public Objects as(Form other) {
            return new Objects(kind, schema, table, asked, other);
        }

        /** Whether one of them has this name. */
        Guard has(String name) {
            return new Guard.Found(new Sought(kind, schema, table, name), true, asked);
        }
    }

    /** What is looked at. */
    enum Form {
        /** A list of what describes each. */
        ENTRIES,
        /** A list, set or dict of their names. */
        NAMES,
        /** What describes one of them, as a loop goes through them. */
        ENTRY,
        /** The name of one of them. */
        NAME
    }

    /**
     * Whether the object at which a loop is has a name, or has not.
     *
     * @param guard whether there is an object of that name
     * @param same whether it is asked if it has it
     */
    record Match(Guard guard, boolean same) implements Answer {}

    /** The list of {@link Match} for all of them. */
    record Matches(Guard guard, boolean same) implements Answer {}
}
