/** The tests of the pages for people. */
@NullMarked
package dev.migrationledger.ledger.dashboard;

import org.jspecify.annotations.NullMarked;
