package dev.migrationledger.agent.tool.alembic.python;

import java.util.List;

/** A Python value that could be known without running anything. */
public sealed interface Value {

    /** Python's {@code None}. */
    enum None implements Value {
        NONE
    }

    record Text(String text) implements Value {}

    /**
     * A tuple, list or set, in the order of the source.
     *
     * @param size how many values there are in it, those within its values included
     */
    record Items(Kind kind, List<Value> values, int size) implements Value {
        public enum Kind {
            TUPLE,
            LIST,
            SET
        }

        public Items {
            values = List.copyOf(values);
        }

        static Items of(Kind kind, List<Value> values) {
            long size = values.size();
            for (Value value : values) {
                size += value instanceof Items items ? items.size() : 0;
            }
            return new Items(kind, values, (int) Math.min(size, Integer.MAX_VALUE));
        }
    }

    /**
     * Known, but of a type that no one here needs the content of: a number, a boolean, bytes.
     *
     * @param source as it is written
     * @param truth as Python's {@code bool()} sees it
     */
    record Other(String source, boolean truth) implements Value {}

    /** As Python's {@code bool()} sees it. */
    default boolean truth() {
        return switch (this) {
            case None none -> false;
            case Text text -> !text.text().isEmpty();
            case Items items -> !items.values().isEmpty();
            case Other other -> other.truth();
        };
    }
}
