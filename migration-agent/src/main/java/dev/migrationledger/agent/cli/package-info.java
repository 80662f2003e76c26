/**
 * What every command shares: exit codes, colours, error lines. A command itself lives in the package of what it does; it is one
 * picocli class and a line in {@code Main}.
 */
@NullMarked
package dev.migrationledger.agent.cli;

import org.jspecify.annotations.NullMarked;
