package dev.migrationledger.ledger.schema;

/** What is kept under the digest of its content. */
sealed interface Part permits ToldSchema, ToldFiles {}
