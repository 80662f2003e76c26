/** Rules across environments, each with where it is and where it is not. */
@NullMarked
package dev.migrationledger.ledger.divergence.project;

import org.jspecify.annotations.NullMarked;
