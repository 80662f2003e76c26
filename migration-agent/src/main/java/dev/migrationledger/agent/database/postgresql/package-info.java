/**
 * PostgreSQL behind the port to databases: start with {@link dev.migrationledger.agent.database.postgresql.PostgresObserver}, which
 * disturbs nobody. One connection, kept open; each observation is one short read-only transaction. {@link dev.migrationledger.agent.database.postgresql.CatalogQueries} holds every statement that is ever
 * sent, and why. What can go wrong has one sentence each in {@code ConnectionErrors}.
 */
@NullMarked
package dev.migrationledger.agent.database.postgresql;

import org.jspecify.annotations.NullMarked;
