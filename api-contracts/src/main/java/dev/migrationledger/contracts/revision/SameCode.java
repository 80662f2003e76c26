package dev.migrationledger.contracts.revision;

/**
 * Two revisions whose files do the same under different ids: one was picked from the other's branch, or got another id.
 *
 * @param one id on one side
 * @param other id on the other side
 */
public record SameCode(String one, String other) {}
