package dev.migrationledger.contracts.revision;

/** The graph that revisions form. */
public final class RevisionGraph {}
