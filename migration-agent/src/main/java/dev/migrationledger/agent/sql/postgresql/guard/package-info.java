/**
 * Conditions of code blocks that look into the catalogs: which object they look for ({@link
 * dev.migrationledger.agent.sql.postgresql.guard.CatalogLookup}), and what is known of it where they hold. Start with {@link
 * dev.migrationledger.agent.sql.postgresql.guard.BlockConditions}; a further catalog is a line of {@link
 * dev.migrationledger.agent.sql.postgresql.guard.Catalog}. A condition that cannot be read is {@code Asked} if it asks only
 * the catalogs, else {@code Unclear}.
 */
@NullMarked
package dev.migrationledger.agent.sql.postgresql.guard;

import org.jspecify.annotations.NullMarked;
