@NullMarked
package dev.migrationledger.ledger.webhook;

import org.jspecify.annotations.NullMarked;
