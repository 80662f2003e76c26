package dev.migrationledger.ledger.identity.people;

import dev.migrationledger.contracts.event.IdentityEvent.AboutPeople;
import dev.migrationledger.contracts.event.IdentityEvent.AccessTokenIssued;
import dev.migrationledger.contracts.event.IdentityEvent.AccessTokenRevoked;
import dev.migrationledger.contracts.event.IdentityEvent.AdministratorLinkIssued;
import dev.migrationledger.contracts.event.IdentityEvent.AdministratorLinkUsed;
import dev.migrationledger.contracts.event.IdentityEvent.RoleGranted;
import dev.migrationledger.contracts.event.IdentityEvent.RoleWithdrawn;
import dev.migrationledger.contracts.identity.Role;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Links and tokens that open the ledger, and the roles of people. Secrets are not among them, only their digests.
 *
 * @param link the last link that was issued and not used; absent: none
 * @param administered whether the local administrator ever signed in
 * @param tokens those that were not revoked, also expired ones
 * @param granted the roles that people have, by person
 */
public record People(
        @Nullable Link link, boolean administered, NavigableMap<UUID, Token> tokens,
        NavigableMap<String, Roles> granted) {

    /** How the local administrator is recorded. */
    public static final String LOCAL = "local";

    public static final People NOBODY = new People(null, false, new TreeMap<>(), new TreeMap<>());

    public People {
        tokens = Collections.unmodifiableNavigableMap(new TreeMap<>(tokens));
        granted = Collections.unmodifiableNavigableMap(new TreeMap<>(granted));
    }

    /**
     * A link that somebody may sign in with.
     *
     * @param digest SHA-256 of the secret, in lower-case hexadecimal
     */
    public record Link(String digest, Instant until) {}

    /**
     * An access token.
     *
     * @param person whose it is
     * @param project absent: all projects
     * @param digest SHA-256 of it, in lower-case hexadecimal
     */
    public record Token(
            UUID id, String person, String name, Role role, @Nullable String project, String digest, Instant issued,
            Instant until) {}

    /** The token with this digest, if it can be used now. */
    public Optional<Token> token(UUID id, String digest, Instant now) {
        return Optional.ofNullable(tokens.get(id))
                .filter(token -> token.digest().equals(digest) && now.isBefore(token.until()));
    }

    /** What a person may do. */
    public Roles roles(String person) {
        return granted.getOrDefault(person, Roles.NONE);
    }

    /** Whether nobody else administers all projects. */
    boolean isLastAdministrator(String person) {
        return granted.entrySet().stream()
                .filter(one -> one.getValue().everywhere() == Role.ADMINISTRATOR)
                .map(Map.Entry::getKey).toList().equals(List.of(person));
    }

    /** After one more event. */
    public People evolve(AboutPeople event, Instant recordedAt) {
        return switch (event) {
            case AdministratorLinkIssued issued ->
                new People(new Link(issued.digest(), issued.until()), administered, tokens, granted);
            case AdministratorLinkUsed _ -> new People(null, true, tokens,
                    with(LOCAL, roles(LOCAL).with(null, Role.ADMINISTRATOR)));
            case AccessTokenIssued it -> {
                NavigableMap<UUID, Token> more = new TreeMap<>(tokens);
                more.put(it.token(), new Token(it.token(), it.person(), it.name(), it.role(), it.project(),
                        it.digest(), recordedAt, it.until()));
                yield new People(link, administered, more, granted);
            }
            case AccessTokenRevoked revoked -> {
                NavigableMap<UUID, Token> fewer = new TreeMap<>(tokens);
                fewer.remove(revoked.token());
                yield new People(link, administered, fewer, granted);
            }
            case RoleGranted it -> new People(link, administered, tokens,
                    with(it.person(), roles(it.person()).with(it.project(), it.role())));
            case RoleWithdrawn it -> new People(link, administered, tokens,
                    with(it.person(), roles(it.person()).with(it.project(), null)));
        };
    }

    private NavigableMap<String, Roles> with(String person, Roles roles) {
        NavigableMap<String, Roles> changed = new TreeMap<>(granted);
        if (roles.equals(Roles.NONE)) {
            changed.remove(person);
        } else {
            changed.put(person, roles);
        }
        return changed;
    }
}
