package dev.migrationledger.ledger.identity.people;

import dev.migrationledger.contracts.event.IdentityEvent.AboutPeople;
import dev.migrationledger.contracts.event.IdentityEvent.AccessTokenIssued;
import dev.migrationledger.contracts.event.IdentityEvent.AccessTokenRevoked;
import dev.migrationledger.contracts.event.IdentityEvent.AdministratorLinkIssued;
import dev.migrationledger.contracts.event.IdentityEvent.AdministratorLinkUsed;
import dev.migrationledger.contracts.identity.Role;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Links and tokens that open the ledger. Secrets are not among them, only their digests.
 *
 * @param link the last link that was issued and not used; absent: none
 * @param administered whether the local administrator ever signed in
 * @param tokens those that were not revoked, also expired ones
 */
public record People(@Nullable Link link, boolean administered, NavigableMap<UUID, Token> tokens) {

    public static final People NOBODY = new People(null, false, new TreeMap<>());

    public People {
        tokens = Collections.unmodifiableNavigableMap(new TreeMap<>(tokens));
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

    /** After one more event. */
    public People evolve(AboutPeople event, Instant recordedAt) {
        return switch (event) {
            case AdministratorLinkIssued issued ->
                new People(new Link(issued.digest(), issued.until()), administered, tokens);
            case AdministratorLinkUsed _ -> new People(null, true, tokens);
            case AccessTokenIssued it -> {
                NavigableMap<UUID, Token> more = new TreeMap<>(tokens);
                more.put(it.token(), new Token(it.token(), it.person(), it.name(), it.role(), it.project(),
                        it.digest(), recordedAt, it.until()));
                yield new People(link, administered, more);
            }
            case AccessTokenRevoked revoked -> {
                NavigableMap<UUID, Token> fewer = new TreeMap<>(tokens);
                fewer.remove(revoked.token());
                yield new People(link, administered, fewer);
            }
        };
    }
}
