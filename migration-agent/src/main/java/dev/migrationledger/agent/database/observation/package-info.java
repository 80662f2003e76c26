/**
 * What one observation of a database holds: start with {@link dev.migrationledger.agent.database.observation.Observation}. Data
 * only, the same for every kind of database.
 */
@NullMarked
package dev.migrationledger.agent.database.observation;

import org.jspecify.annotations.NullMarked;
