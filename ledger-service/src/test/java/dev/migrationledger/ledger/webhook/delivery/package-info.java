@NullMarked
package dev.migrationledger.ledger.webhook.delivery;

import org.jspecify.annotations.NullMarked;
