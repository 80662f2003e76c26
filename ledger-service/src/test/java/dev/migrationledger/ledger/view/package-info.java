/** The tests of the environment view; {@link Story} describes what agents observed in few words. */
@NullMarked
package dev.migrationledger.ledger.view;

import org.jspecify.annotations.NullMarked;
