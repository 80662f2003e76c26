package dev.migrationledger.ledger.view;

import java.time.Instant;

/**
 * One scan, as it was folded.
 *
 * @param at by the agent's clock
 * @param before what the source had then; nothing where it was heard of for the first time
 */
public record AppliedScan(
        String project, String environment, String agent, String source, Instant at, SourceScripts before,
        SourceScripts after) {}
