package dev.migrationledger.contracts.history;

import dev.migrationledger.contracts.footprint.Footprint;

/**
 * What a revision does to a schema, read without running it.
 *
 * @param environment whose scripts these are
 * @param source where they were read
 */
public record RevisionFootprint(
        String project, String revision, String environment, String source, Footprint footprint) {}
