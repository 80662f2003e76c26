/**
 * What the ledger answers about environments: start with {@link EnvironmentReport} and {@link Comparison}.
 */
@NullMarked
package dev.migrationledger.contracts.environment;

import org.jspecify.annotations.NullMarked;
