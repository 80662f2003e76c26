/**
 * A run of faults: the executable jars, real servers, and migrations while all of them are killed and paused. {@link
 * dev.migrationledger.faults.FaultsIT} says what has to hold afterwards.
 */
@NullMarked
package dev.migrationledger.faults;

import org.jspecify.annotations.NullMarked;
