package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.merge.MergeContent;

/**
 * Several heads of the project that should be one.
 *
 * @param approved whether enough people approved the content
 */
public record ProposedMerge(MergeContent content, boolean approved) {}
