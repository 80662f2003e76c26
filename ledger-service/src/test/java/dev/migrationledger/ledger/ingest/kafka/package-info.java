@NullMarked
package dev.migrationledger.ledger.ingest.kafka;

import org.jspecify.annotations.NullMarked;
