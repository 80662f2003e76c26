/**
 * How a live PostgreSQL database is looked at without disturbing it: start with {@link
 * dev.migrationledger.agent.database.postgresql.PostgresDatabase}. One connection, kept open; each look is one short
 * read-only transaction. {@link dev.migrationledger.agent.database.postgresql.CatalogQueries} holds every statement that is ever
 * sent, and why. What can go wrong has one sentence each in {@code ConnectionErrors}.
 */
@NullMarked
package dev.migrationledger.agent.database.postgresql;

import org.jspecify.annotations.NullMarked;
