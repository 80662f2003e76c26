package dev.migrationledger.contracts.identity;

import org.jspecify.annotations.Nullable;

/**
 * A role of a person or a program.
 *
 * @param project where they have it; absent: in all projects
 */
public record GrantedRole(Role role, @Nullable String project) {}
