/** The tests of the API's description. */
@NullMarked
package dev.migrationledger.ledger.openapi;

import org.jspecify.annotations.NullMarked;
