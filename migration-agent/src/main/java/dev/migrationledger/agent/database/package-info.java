/**
 * The port to databases. Start with {@link dev.migrationledger.agent.database.DatabaseUrl}, which is all that commands see of one;
 * what an observation holds is the package {@code observation}, what was captured {@code capture}. To add a kind of database, implement
 * {@link dev.migrationledger.agent.database.Database} in a package of its own and add it to {@link
 * dev.migrationledger.agent.database.Databases}.
 */
@NullMarked
package dev.migrationledger.agent.database;

import org.jspecify.annotations.NullMarked;
