package dev.migrationledger.agent.tool.alembic.python;

import org.jspecify.annotations.Nullable;

/** What a name of a module stands for when the module has run to its end. */
public sealed interface Binding {

    /** Where it was bound, from 1. */
    int line();

    record Known(Value value, int line) implements Binding {}

    /**
     * Bound, but to what depends on running it.
     *
     * @param expression its source, shortened
     * @param reason what about it cannot be known
     */
    record Unknown(String expression, String reason, int line) implements Binding {}

    /**
     * Bound by an import statement.
     *
     * @param level number of leading dots; 0: an absolute import
     * @param module dotted; empty for {@code from . import name}
     * @param name what is imported from it; absent: the module itself
     */
    record Imported(int level, String module, @Nullable String name, int line) implements Binding {}
}
