/**
 * What is known of one environment, and where its schema is: start with {@link
 * dev.migrationledger.core.situation.Observations}. Rules and repair plans both begin here.
 *
 * <p>{@code Rows} is what the version table means, {@code Place} where the schema is seen from there ({@code Placing} finds it),
 * {@code Confirmation} how far the schema confirms the stamp. {@code Words} puts ids and objects into sentences.
 */
@NullMarked
package dev.migrationledger.core.situation;

import org.jspecify.annotations.NullMarked;
