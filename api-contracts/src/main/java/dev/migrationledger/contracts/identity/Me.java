package dev.migrationledger.contracts.identity;

import org.jspecify.annotations.Nullable;

/**
 * Who the ledger takes the caller for.
 *
 * @param person {@code local}, or issuer and subject of a sign-in with a blank between them
 * @param role what they may do
 * @param project where they may do it; absent: in all projects
 * @param signedIn whether the ledger asks for sign-in at all; if not, everyone on its machine is administrator
 */
public record Me(String person, Role role, @Nullable String project, boolean signedIn) {}
