package dev.migrationledger.agent.tool;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a configuration says of one thing, as far as that can be read without running anything. */
public sealed interface Setting {

    /** It says nothing, so that the tool's default holds. */
    enum Unset implements Setting {
        UNSET
    }

    /** It says this. It may be a URL with a password, so it does not show itself. */
    record Literal(String value) implements Setting {
        @Override
        public String toString() {
            return "Literal[(hidden)]";
        }
    }

    /**
     * It says what an environment variable says.
     *
     * @param otherwise where the variable is not set; absent: the tool fails then
     */
    record Variable(String name, @Nullable Setting otherwise) implements Setting {}

    /**
     * It computes it.
     *
     * @param where file and line, such as {@code migrations/env.py:31}
     */
    record Computed(String where) implements Setting {}

    /** What it comes to with these environment variables: never a {@link Variable}. */
    default Setting in(Map<String, String> environment) {
        if (!(this instanceof Variable variable)) {
            return this;
        }
        String value = environment.get(variable.name);
        if (value != null) {
            return new Literal(value);
        }
        return variable.otherwise == null
                ? new Computed("$" + variable.name + ", which is not set")
                : variable.otherwise.in(environment);
    }

    /** The value, if it is known without any environment variable. */
    default @Nullable String literal() {
        return this instanceof Literal literal ? literal.value : null;
    }

    /** Of a value that may be absent or blank. */
    static Setting of(@Nullable String value) {
        return value == null || value.isBlank() ? Unset.UNSET : new Literal(value);
    }
}
