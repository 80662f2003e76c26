package dev.migrationledger.contracts.identity;

import java.util.List;

/**
 * Somebody who may use the ledger.
 *
 * @param person {@code local}, or issuer and subject of a sign-in with a blank between them
 * @param roles that an administrator granted; those that the caller administers, and those in all projects
 */
public record Person(String person, List<GrantedRole> roles) {

    /** The longest id, in characters. */
    public static final int LONGEST_ID = 500;

    public Person {
        roles = List.copyOf(roles);
    }

    /**
     * Asks to grant a role, in place of the one that the person has in the same place.
     *
     * @param person as in {@link Person}
     */
    public record Grant(String person, Role role) {}
}
