/**
 * Durable local storage for what was observed and not yet acknowledged: start with {@link
 * dev.migrationledger.agent.spool.Spool}. Events and the agent's memory of what gave rise to them are written in one
 * transaction of an SQLite database, so that an agent killed at any moment neither loses nor repeats a fact.
 */
@NullMarked
package dev.migrationledger.agent.spool;

import org.jspecify.annotations.NullMarked;
