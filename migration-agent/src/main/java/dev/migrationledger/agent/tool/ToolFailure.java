package dev.migrationledger.agent.tool;

import org.jspecify.annotations.Nullable;

/**
 * Why a call of a migration tool failed, as it says.
 *
 * @param script name of the file of a revision that failed, without its folder; absent: no script did, or it is not known
 * @param error one line
 */
public record ToolFailure(@Nullable String script, String error) {}
