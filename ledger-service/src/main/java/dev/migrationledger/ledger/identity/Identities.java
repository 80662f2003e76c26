package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.identity.people.People;
import dev.migrationledger.ledger.identity.people.People.Known;
import dev.migrationledger.ledger.identity.people.People.Token;
import dev.migrationledger.ledger.identity.people.PeopleCommand;
import dev.migrationledger.ledger.identity.people.PeopleCommand.GrantRole;
import dev.migrationledger.ledger.identity.people.PeopleCommand.IssueLink;
import dev.migrationledger.ledger.identity.people.PeopleCommand.IssueToken;
import dev.migrationledger.ledger.identity.people.PeopleCommand.RevokeToken;
import dev.migrationledger.ledger.identity.people.PeopleCommand.SignIn;
import dev.migrationledger.ledger.identity.people.PeopleCommand.UseLink;
import dev.migrationledger.ledger.identity.people.PeopleCommand.WithdrawRole;
import dev.migrationledger.ledger.identity.people.PeopleDecisions;
import dev.migrationledger.ledger.identity.people.PeopleResult;
import dev.migrationledger.ledger.identity.people.PeopleView;
import dev.migrationledger.ledger.identity.people.Roles;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.stream.Decider;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Issues, checks and revokes what people sign in with. Secrets are random, shown once, and stored as digests. */
final class Identities {

    private static final Logger log = LoggerFactory.getLogger(Identities.class);

    private static final Decider<PeopleCommand, OrganisationState, PeopleResult> PEOPLE = Decider.of(
            OrganisationState.DEFINITION, (state, command) -> PeopleDecisions.decide(state.people(), command));

    private static final Duration LINK = Duration.ofHours(24);

    /** In front of every access token, so that scanners for leaked secrets find it. */
    private static final String TOKEN = "mlt_";

    private final Recorder recorder;
    private final PeopleView view;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Identities(Recorder recorder, PeopleView view, Clock clock) {
        this.recorder = recorder;
        this.view = view;
        this.clock = clock;
    }

    /** A secret that was made just now: whoever asked for it sees it this once. */
    record Secret(UUID id, String text, Instant issued, Instant until) {}

    /** Whether a person ever administered this ledger. */
    boolean administered() {
        return view.now().administered();
    }

    /** A link's secret for the local administrator, good for one sign-in within 24 hours. */
    Secret issueLink() {
        Instant now = clock.instant();
        String secret = SecretText.secret(random);
        Instant until = now.plus(LINK);
        UUID link = id(now);
        recorder.decide(PEOPLE, new IssueLink(link, now, Sha256.hex(secret), until));
        return new Secret(link, secret, now, until);
    }

    PeopleResult useLink(String secret) {
        Instant now = clock.instant();
        return recorder.decide(PEOPLE, new UseLink(id(now), now, Sha256.hex(secret))).result();
    }

    /** A new token; empty where the person has too many. */
    Optional<Secret> issueToken(String person, String name, Role role, @Nullable String project, Duration valid) {
        Instant now = clock.instant();
        UUID token = id(now);
        String text = SecretText.text(TOKEN, token, random);
        Instant until = now.plus(valid);
        PeopleResult result = recorder.decide(PEOPLE,
                new IssueToken(id(now), now, token, person, name, role, project, Sha256.hex(text), until)).result();
        return result == PeopleResult.DONE ? Optional.of(new Secret(token, text, now, until)) : Optional.empty();
    }

    PeopleResult revokeToken(UUID token, String by, boolean administrator) {
        Instant now = clock.instant();
        return recorder.decide(PEOPLE, new RevokeToken(id(now), now, token, by, administrator)).result();
    }

    /** The tokens of a person, or all of them. */
    List<Token> tokens(@Nullable String person) {
        return view.now().tokens().values().stream()
                .filter(token -> person == null || token.person().equals(person))
                .toList();
    }

    /** Whose token this is; empty if no such token can be used now. */
    Optional<Caller.Person> caller(String text) {
        People people = view.now();
        return SecretText.of(TOKEN, text)
                .flatMap(id -> people.token(id, Sha256.hex(text), clock.instant()))
                .map(token -> {
                    Caller.Person person = person(people, token.person());
                    return new Caller.Person(person.id(), person.name(),
                            person.roles().limitedTo(token.role(), token.project()));
                });
    }

    /** A person with the roles that they have now. */
    Caller.Person person(String id) {
        return person(view.now(), id);
    }

    private Caller.Person person(People people, String id) {
        Known known = people.known(id);
        return new Caller.Person(id, known.signIn() == null ? null : known.signIn().name(),
                known.roles(clock.instant()));
    }

    /** Everyone who has roles or signed in. */
    NavigableMap<String, Known> known() {
        return view.now().known();
    }

    /** @param roles that follow from what the issuer said */
    PeopleResult signIn(String person, @Nullable String name, @Nullable String email, Roles roles) {
        Instant now = clock.instant();
        PeopleResult result = recorder.decide(PEOPLE, new SignIn(id(now), now, person, name, email, roles)).result();
        if (result == PeopleResult.DONE) {
            log.atInfo().addKeyValue("person", person).log("signed in");
        }
        return result;
    }

    /** @param project absent: in all projects */
    PeopleResult grant(String person, Role role, @Nullable String project, String by) {
        Instant now = clock.instant();
        return logged(new GrantRole(id(now), now, person, role, project, by), "role granted", person, project, by);
    }

    /** @param project absent: the one in all projects */
    PeopleResult withdraw(String person, @Nullable String project, String by) {
        Instant now = clock.instant();
        return logged(new WithdrawRole(id(now), now, person, project, by), "role withdrawn", person, project, by);
    }

    private PeopleResult logged(
            PeopleCommand command, String what, String person, @Nullable String project, String by) {
        PeopleResult result = recorder.decide(PEOPLE, command).result();
        if (result == PeopleResult.DONE) {
            log.atInfo().addKeyValue("person", person).addKeyValue("project", project == null ? "all" : project)
                    .addKeyValue("by", by).log(what);
        }
        return result;
    }

    private UUID id(Instant now) {
        return EventIds.next(now, random);
    }
}
