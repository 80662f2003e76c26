package dev.migrationledger.agent.tool.alembic.config;

import org.jspecify.annotations.Nullable;

/**
 * Something that makes Python's ConfigParser or TOML reader, or Alembic after them, refuse a file or a value.
 *
 * @param line from 1; 0 where it is not known
 * @param option name of the option it is about; absent where it is about something else
 * @param message one sentence or two: what is wrong and what to write instead
 * @param lacksValue whether the option only refers to another one that is not there, which {@code env.py} may set before it asks
 */
public record ConfigProblem(
        int line, @Nullable String option, String message, boolean lacksValue) {

    ConfigProblem(int line, @Nullable String option, String message) {
        this(line, option, message, false);
    }
}
