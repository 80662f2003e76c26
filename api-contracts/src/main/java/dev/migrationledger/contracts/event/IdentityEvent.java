package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.identity.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may do what in the ledger. About all projects. */
public sealed interface IdentityEvent extends LedgerEvent {

    /**
     * Whoever has the link may sign in with it once as the local administrator.
     *
     * @param digest SHA-256 of the link's secret, in lower-case hexadecimal
     * @param until it is void afterwards
     */
    record AdministratorLinkIssued(String digest, Instant until) implements IdentityEvent {}

    /** Somebody signed in with the link. */
    record AdministratorLinkUsed(String digest) implements IdentityEvent {}

    /**
     * A person made a token for programs that act for them.
     *
     * @param person whose it is: {@code local}, or issuer and subject of a sign-in with a blank between them
     * @param name what the person calls it
     * @param role what a program may do with it; never more than its person may
     * @param project where it may do that; absent: in all projects
     * @param digest SHA-256 of the token, in lower-case hexadecimal
     * @param until it is void afterwards
     */
    record AccessTokenIssued(
            UUID token, String person, String name, Role role, @Nullable String project, String digest, Instant until)
            implements
                IdentityEvent {}

    /**
     * A token opens nothing any more.
     *
     * @param by the person who revoked it
     */
    record AccessTokenRevoked(UUID token, String by) implements IdentityEvent {}
}
