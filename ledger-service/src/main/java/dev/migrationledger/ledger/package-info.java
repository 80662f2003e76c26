/** The ledger service: one package for each thing it can do. */
@NullMarked
package dev.migrationledger.ledger;

import org.jspecify.annotations.NullMarked;
