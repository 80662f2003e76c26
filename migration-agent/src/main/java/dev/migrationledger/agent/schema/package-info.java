/**
 * The command that shows a database's schema in canonical form, or how those of two databases differ. Start with {@link
 * dev.migrationledger.agent.schema.SchemaCommand}; the schema itself is read by {@link
 * dev.migrationledger.agent.database.postgresql.schema.SchemaReader}.
 */
@NullMarked
package dev.migrationledger.agent.schema;

import org.jspecify.annotations.NullMarked;
