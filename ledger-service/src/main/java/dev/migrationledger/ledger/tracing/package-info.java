/**
 * Traces of what is recorded and what follows from it, for a collector of OpenTelemetry: start with {@link
 * dev.migrationledger.ledger.tracing.LedgerTraces}. Classes of OpenTelemetry are loaded only if a collector is configured.
 */
@NullMarked
package dev.migrationledger.ledger.tracing;

import org.jspecify.annotations.NullMarked;
