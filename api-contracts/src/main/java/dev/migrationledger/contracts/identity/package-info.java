/** Who may do what: the roles of people, and what the ledger answers about them. */
@NullMarked
package dev.migrationledger.contracts.identity;

import org.jspecify.annotations.NullMarked;
