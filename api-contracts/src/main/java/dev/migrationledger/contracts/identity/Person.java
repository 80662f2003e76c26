package dev.migrationledger.contracts.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person who may use the ledger. Lists of roles have those in projects that the caller administers, and those in all projects.
 *
 * @param person {@code local}, or issuer and subject of a sign-in with a blank between them
 * @param name what the issuer calls them, for people to read; absent: it is not known
 * @param email likewise, verified by the issuer
 * @param roles that an administrator granted
 * @param issuerRoles that follow from what the issuer said at the last sign-in
 * @param signedIn when they last did; absent: never with an issuer
 */
public record Person(
        String person, @Nullable String name, @Nullable String email, List<GrantedRole> roles,
        List<GrantedRole> issuerRoles, @Nullable Instant signedIn) {

    /** The longest id, in characters. */
    public static final int LONGEST_ID = 500;

    public Person {
        roles = List.copyOf(roles);
        issuerRoles = List.copyOf(issuerRoles);
    }

    /**
     * Asks to grant a role, in place of the one that the person has in the same place.
     *
     * @param person as in {@link Person}
     */
    public record Grant(String person, Role role) {}
}
