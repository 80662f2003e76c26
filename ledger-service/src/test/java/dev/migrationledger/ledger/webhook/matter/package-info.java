@NullMarked
package dev.migrationledger.ledger.webhook.matter;

import org.jspecify.annotations.NullMarked;
