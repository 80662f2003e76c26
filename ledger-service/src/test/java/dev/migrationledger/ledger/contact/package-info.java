/** Who is missed, and who not yet. */
@NullMarked
package dev.migrationledger.ledger.contact;

import org.jspecify.annotations.NullMarked;
