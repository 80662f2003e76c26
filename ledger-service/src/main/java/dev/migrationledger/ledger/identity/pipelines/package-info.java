/**
 * Pipelines without secrets. {@code Pipelines} is what the organisation's stream says about trusted ones, {@code PipelinesDecisions} decides
 * on it, {@code PipelinesView} stores it for reading. {@code IdTokens} checks what a pipeline shows, {@code PipelineSessions} takes each
 * token once and gives a short session for it.
 */
@NullMarked
package dev.migrationledger.ledger.identity.pipelines;

import org.jspecify.annotations.NullMarked;
