/**
 * What can be wrong and how it is said: start with {@link Finding}; {@link DivergenceCode} is the whole list.
 */
@NullMarked
package dev.migrationledger.contracts.diagnosis;

import org.jspecify.annotations.NullMarked;
