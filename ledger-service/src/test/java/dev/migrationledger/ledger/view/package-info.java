/** The tests of the environment view; {@link Story} tells what agents saw in few words. */
@NullMarked
package dev.migrationledger.ledger.view;

import org.jspecify.annotations.NullMarked;
