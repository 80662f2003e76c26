/**
 * The options that name a database and its version table, the same in every command: {@link
 * dev.migrationledger.agent.database.option.DatabaseOptions}.
 */
@NullMarked
package dev.migrationledger.agent.database.option;

import org.jspecify.annotations.NullMarked;
