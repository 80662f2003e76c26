/**
 * Two environments of a project side by side, or two moments of one. {@link EnvironmentComparison} is the comparison, a pure function of two
 * views; {@link ComparisonReader} reads them, and the controller answers over HTTP.
 */
@NullMarked
package dev.migrationledger.ledger.compare;

import org.jspecify.annotations.NullMarked;
