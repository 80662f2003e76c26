/**
 * The one door for what agents witnessed: {@code IngestController} opens it, {@code BatchBody} bounds what comes through,
 * {@code BatchRules} says what a batch is. What may be recorded is decided by the environment.
 */
@NullMarked
package dev.migrationledger.ledger.ingest;

import org.jspecify.annotations.NullMarked;
