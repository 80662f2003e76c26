/**
 * What is known of one environment, and where its schema is: start with {@link
 * dev.migrationledger.core.situation.Observations}. Rules and repair plans both begin here.
 *
 * <p>{@code ResolvedRows} is what the version table means, {@code SchemaPosition} where the schema is seen from there ({@code SchemaLocator} finds it),
 * {@code Confirmation} how far the schema confirms the stamp. {@code MessageText} puts ids and objects into sentences.
 */
@NullMarked
package dev.migrationledger.core.situation;

import org.jspecify.annotations.NullMarked;
