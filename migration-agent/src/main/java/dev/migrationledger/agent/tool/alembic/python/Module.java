package dev.migrationledger.agent.tool.alembic.python;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a module without importing it.
 *
 * @param docstring absent where there is none
 * @param names every name bound at module level
 * @param wildcardImport line of the last {@code from … import *}, which may bind anything; absent where there is none
 * @param problems why Python itself cannot read the file; what stood before them is in {@code names} all the same
 */
public record Module(
        @Nullable String docstring,
        Map<String, Binding> names,
        @Nullable Integer wildcardImport,
        List<Problem> problems) {

    public Module {
        problems = List.copyOf(problems);
    }

    /**
     * Python cannot read the file.
     *
     * @param line from 1
     * @param message a clause without a full stop, such as {@code a string is not closed}
     */
    public record Problem(int line, String message) {}
}
