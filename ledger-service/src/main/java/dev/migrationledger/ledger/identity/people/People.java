package dev.migrationledger.ledger.identity.people;

import dev.migrationledger.contracts.event.IdentityEvent.AboutPeople;
import dev.migrationledger.contracts.event.IdentityEvent.AccessTokenIssued;
import dev.migrationledger.contracts.event.IdentityEvent.AccessTokenRevoked;
import dev.migrationledger.contracts.event.IdentityEvent.AdministratorLinkIssued;
import dev.migrationledger.contracts.event.IdentityEvent.AdministratorLinkUsed;
import dev.migrationledger.contracts.event.IdentityEvent.PersonSignedIn;
import dev.migrationledger.contracts.event.IdentityEvent.RoleGranted;
import dev.migrationledger.contracts.event.IdentityEvent.RoleWithdrawn;
import dev.migrationledger.contracts.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Links and tokens that open the ledger, and the roles of people. Secrets are not among them, only their digests.
 *
 * @param link the last link that was issued and not used; absent: none
 * @param administered whether the local administrator ever signed in
 * @param tokens those that were not revoked, also expired ones
 * @param known who has roles or signed in, by person
 */
public record People(
        @Nullable Link link, boolean administered, NavigableMap<UUID, Token> tokens,
        NavigableMap<String, Known> known) {

    /** How the local administrator is recorded. */
    public static final String LOCAL = "local";

    /** So long after a sign-in, what the issuer said then counts: nobody tells the ledger who has left. */
    public static final Duration ISSUER_ROLES = Duration.ofDays(30);

    public static final People NONE = new People(null, false, new TreeMap<>(), new TreeMap<>());

    public People {
        tokens = Collections.unmodifiableNavigableMap(new TreeMap<>(tokens));
        known = Collections.unmodifiableNavigableMap(new TreeMap<>(known));
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

    /**
     * A person.
     *
     * @param granted the roles that administrators granted
     * @param signIn the last one with an issuer; absent: none
     * @param addresses of mail that an issuer verified in any sign-in, in lower case: who gets another address is the same author still
     */
    public record Known(Roles granted, @Nullable SignIn signIn, NavigableSet<String> addresses) {

        private static final Known NOTHING = new Known(Roles.NONE, null, new TreeSet<>());

        public Known {
            addresses = Collections.unmodifiableNavigableSet(new TreeSet<>(addresses));
        }

        private Known withGranted(Roles now) {
            return new Known(now, signIn, addresses);
        }

        private Known after(SignIn now) {
            NavigableSet<String> all = new TreeSet<>(addresses);
            if (now.email() != null) {
                all.add(address(now.email()));
            }
            return new Known(granted, now, all);
        }

        /** What they may do now. */
        public Roles roles(Instant now) {
            return signIn != null && now.isBefore(signIn.at().plus(ISSUER_ROLES))
                    ? granted.and(signIn.roles())
                    : granted;
        }
    }

    /**
     * What an issuer said when a person signed in.
     *
     * @param roles that follow from it
     */
    public record SignIn(@Nullable String name, @Nullable String email, Roles roles, Instant at) {}

    /** An address of mail as it is compared: issuers and Git write its letters as they like. */
    public static String address(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** What is known of a person. */
    public Known known(String person) {
        return known.getOrDefault(person, Known.NOTHING);
    }

    /** Whether nobody else was made administrator of all projects. */
    boolean isLastAdministrator(String person) {
        return known.entrySet().stream()
                .filter(one -> one.getValue().granted().everywhere() == Role.ADMINISTRATOR)
                .map(Map.Entry::getKey).toList().equals(List.of(person));
    }

    /** After one more event. */
    public People evolve(AboutPeople event, Instant recordedAt) {
        return switch (event) {
            case AdministratorLinkIssued issued ->
                new People(new Link(issued.digest(), issued.until()), administered, tokens, known);
            case AdministratorLinkUsed _ -> new People(null, true, tokens, with(LOCAL,
                    known(LOCAL).withGranted(known(LOCAL).granted().with(null, Role.ADMINISTRATOR))));
            case AccessTokenIssued it -> {
                NavigableMap<UUID, Token> more = new TreeMap<>(tokens);
                more.put(it.token(), new Token(it.token(), it.person(), it.name(), it.role(), it.project(),
                        it.digest(), recordedAt, it.until()));
                yield new People(link, administered, more, known);
            }
            case AccessTokenRevoked revoked -> {
                NavigableMap<UUID, Token> fewer = new TreeMap<>(tokens);
                fewer.remove(revoked.token());
                yield new People(link, administered, fewer, known);
            }
            case PersonSignedIn it -> new People(link, administered, tokens, with(it.person(),
                    known(it.person()).after(
                            new SignIn(it.name(), it.email(), Roles.of(it.roles()), recordedAt))));
            case RoleGranted it -> withGranted(it.person(), it.project(), it.role());
            case RoleWithdrawn it -> withGranted(it.person(), it.project(), null);
        };
    }

    private People withGranted(String person, @Nullable String project, @Nullable Role role) {
        Known before = known(person);
        return new People(link, administered, tokens,
                with(person, before.withGranted(before.granted().with(project, role))));
    }

    private NavigableMap<String, Known> with(String person, Known now) {
        NavigableMap<String, Known> changed = new TreeMap<>(known);
        if (now.equals(Known.NOTHING)) {
            changed.remove(person);
        } else {
            changed.put(person, now);
        }
        return changed;
    }
}
