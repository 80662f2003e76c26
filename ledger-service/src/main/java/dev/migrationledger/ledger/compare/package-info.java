/**
 * Two environments of a project side by side. {@link EnvironmentComparison} is the comparison, a pure function of two views;
 * the controller answers it over HTTP.
 */
@NullMarked
package dev.migrationledger.ledger.compare;

import org.jspecify.annotations.NullMarked;
