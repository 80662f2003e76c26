/**
 * Recording what agents send. {@link dev.migrationledger.ledger.ingest.Ingest} takes a batch and answers with a receipt or a rejection; it
 * knows no transport. {@code BatchRules} says what a batch is; what may be recorded is decided by the environment. A transport is a package
 * of its own: {@code http} and {@code kafka}.
 */
@NullMarked
package dev.migrationledger.ledger.ingest;

import org.jspecify.annotations.NullMarked;
