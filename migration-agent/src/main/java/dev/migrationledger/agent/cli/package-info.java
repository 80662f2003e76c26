/**
 * The command line: what every command shares. Start with {@link Main}. A command itself lives in the package of what it
 * does; it is one picocli class and a line in {@link Main}.
 */
@NullMarked
package dev.migrationledger.agent.cli;

import org.jspecify.annotations.NullMarked;
