/** Clocks that a test moves. */
@NullMarked
package dev.migrationledger.testsupport.time;

import org.jspecify.annotations.NullMarked;
