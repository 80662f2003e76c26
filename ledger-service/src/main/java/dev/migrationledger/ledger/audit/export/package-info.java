/**
 * Writes entries of the audit into a file: CSV, NDJSON or JSON, each ended by its manifest. Start with {@link
 * dev.migrationledger.ledger.audit.export.AuditExport}.
 */
@NullMarked
package dev.migrationledger.ledger.audit.export;

import org.jspecify.annotations.NullMarked;
