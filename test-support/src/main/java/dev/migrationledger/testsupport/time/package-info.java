/** Clocks that a test moves, and waiting with an end. */
@NullMarked
package dev.migrationledger.testsupport.time;

import org.jspecify.annotations.NullMarked;
