package dev.migrationledger.agent.tool.alembic.config;

import org.jspecify.annotations.Nullable;

/**
 * Something that makes Python's ConfigParser refuse a file or a value.
 *
 * @param line from 1
 * @param option lower-case name of the option it is about; absent where it is about something else
 * @param message one sentence or two: what is wrong and what to write instead
 */
public record IniProblem(
        int line, @Nullable String option, String message) {}
