package dev.migrationledger.ledger.schema;

/** What is kept under the digest of its content. */
sealed interface SchemaViewPart permits ReportedSchema, ReportedFiles {}
