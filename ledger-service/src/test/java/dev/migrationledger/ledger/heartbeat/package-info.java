/** Who is missed, and who not yet. */
@NullMarked
package dev.migrationledger.ledger.heartbeat;

import org.jspecify.annotations.NullMarked;
