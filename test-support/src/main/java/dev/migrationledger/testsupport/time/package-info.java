/** Clocks that a test moves, waits that end, and how long actions took. */
@NullMarked
package dev.migrationledger.testsupport.time;

import org.jspecify.annotations.NullMarked;
