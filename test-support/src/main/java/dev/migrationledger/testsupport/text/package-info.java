/** Checks of the sentences that people read. */
@NullMarked
package dev.migrationledger.testsupport.text;

import org.jspecify.annotations.NullMarked;
