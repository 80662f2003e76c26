/**
 * The JSON that was promised: one file under {@code src/test/resources/golden} for each event and each of the other things that
 * travel. Start with {@link Examples}; to add one, add a line there and run the test with {@code -Dgolden.update=true}. The file of
 * a released version is never edited: what has to change gets a new type name and a file of its own.
 */
@NullMarked
package dev.migrationledger.contracts.golden;

import org.jspecify.annotations.NullMarked;
