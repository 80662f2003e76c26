/**
 * A database's schema, read from its catalogs without a lock on anything but them. Start with {@link
 * dev.migrationledger.agent.database.postgresql.schema.SchemaReader}. Each kind of object has a class that holds its one
 * statement and says what belongs to its definition; a new kind is a class and a line in the reader. Functions of the server that
 * would open a table ({@code pg_get_constraintdef}, {@code pg_get_viewdef}, {@code pg_get_expr} with a table) are not used.
 */
@NullMarked
package dev.migrationledger.agent.database.postgresql.schema;

import org.jspecify.annotations.NullMarked;
