/**
 * What any migration tool is to this agent: scripts that are read into a {@link History} without being run, and what its
 * configuration says of the database. Start with {@link MigrationTool}. To add a tool, write a package below this one
 * that implements it, add a line to the list of tools, and extend {@code MigrationToolContract}, which says what each of them must fulfil.
 */
@NullMarked
package dev.migrationledger.agent.tool;

import org.jspecify.annotations.NullMarked;
