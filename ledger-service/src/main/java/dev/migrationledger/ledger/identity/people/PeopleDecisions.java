package dev.migrationledger.ledger.identity.people;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.IdentityEvent.AboutPeople;
import dev.migrationledger.contracts.event.IdentityEvent.AccessTokenIssued;
import dev.migrationledger.contracts.event.IdentityEvent.AccessTokenRevoked;
import dev.migrationledger.contracts.event.IdentityEvent.AdministratorLinkIssued;
import dev.migrationledger.contracts.event.IdentityEvent.AdministratorLinkUsed;
import dev.migrationledger.contracts.event.IdentityEvent.PersonSignedIn;
import dev.migrationledger.contracts.event.IdentityEvent.RoleGranted;
import dev.migrationledger.contracts.event.IdentityEvent.RoleWithdrawn;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.identity.people.People.Link;
import dev.migrationledger.ledger.identity.people.People.Token;
import dev.migrationledger.ledger.identity.people.PeopleCommand.GrantRole;
import dev.migrationledger.ledger.identity.people.PeopleCommand.IssueLink;
import dev.migrationledger.ledger.identity.people.PeopleCommand.IssueToken;
import dev.migrationledger.ledger.identity.people.PeopleCommand.RevokeToken;
import dev.migrationledger.ledger.identity.people.PeopleCommand.SignIn;
import dev.migrationledger.ledger.identity.people.PeopleCommand.UseLink;
import dev.migrationledger.ledger.identity.people.PeopleCommand.WithdrawRole;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be recorded about people. Pure. */
public final class PeopleDecisions {

    /** Nobody looks after more. */
    public static final int MOST_TOKENS = 100;

    /** People with roles, or who signed in. */
    public static final int MOST_PEOPLE = 10_000;

    /** Of one person. */
    public static final int MOST_ROLES = 1_000;

    private PeopleDecisions() {}

    public static Decision<PeopleResult> decide(People people, PeopleCommand command) {
        return switch (command) {
            case IssueLink issue -> recorded(command, new AdministratorLinkIssued(issue.digest(), issue.until()));
            case UseLink use -> use(people.link(), use);
            case IssueToken it -> issued(people, it) >= MOST_TOKENS
                    ? refused(PeopleResult.TOO_MANY)
                    : recorded(command, new AccessTokenIssued(it.token(), it.person(), it.name(), it.role(),
                            it.project(), it.digest(), it.until()));
            case RevokeToken revoke -> {
                Token token = people.tokens().get(revoke.token());
                yield token == null || !(revoke.administrator() || token.person().equals(revoke.by()))
                        ? refused(PeopleResult.UNKNOWN)
                        : recorded(command, new AccessTokenRevoked(revoke.token(), revoke.by()));
            }
            case SignIn it -> isFull(people, it.person())
                    ? refused(PeopleResult.TOO_MANY)
                    : recorded(it, new PersonSignedIn(it.person(), it.name(), it.email(), it.roles().list()));
            case GrantRole grant -> grant(people, grant);
            case WithdrawRole withdraw -> withdraw(people, withdraw);
        };
    }

    private static Decision<PeopleResult> grant(People people, GrantRole grant) {
        Roles roles = people.known(grant.person()).granted();
        Role before = roles.in(grant.project());
        if (grant.person().equals(grant.by())) {
            return refused(PeopleResult.OWN_ROLE);
        }
        if (grant.role() == before) {
            return refused(PeopleResult.UNCHANGED);
        }
        if (grant.project() == null && people.isLastAdministrator(grant.person())) {
            return refused(PeopleResult.LAST_ADMINISTRATOR);
        }
        return before == null && (roles.inProjects().size() >= MOST_ROLES || isFull(people, grant.person()))
                ? refused(PeopleResult.TOO_MANY)
                : recorded(grant, new RoleGranted(grant.person(), grant.role(), grant.project(), grant.by()));
    }

    private static boolean isFull(People people, String person) {
        return !people.known().containsKey(person) && people.known().size() >= MOST_PEOPLE;
    }

    private static Decision<PeopleResult> withdraw(People people, WithdrawRole withdraw) {
        Role role = people.known(withdraw.person()).granted().in(withdraw.project());
        if (role == null) {
            return refused(PeopleResult.UNKNOWN);
        }
        return withdraw.project() == null && people.isLastAdministrator(withdraw.person())
                ? refused(PeopleResult.LAST_ADMINISTRATOR)
                : recorded(withdraw, new RoleWithdrawn(withdraw.person(), role, withdraw.project(), withdraw.by()));
    }

    private static Decision<PeopleResult> use(@Nullable Link link, UseLink use) {
        if (link == null || !link.digest().equals(use.digest())) {
            return refused(PeopleResult.UNKNOWN);
        }
        return use.now().isBefore(link.until())
                ? recorded(use, new AdministratorLinkUsed(use.digest()))
                : refused(PeopleResult.EXPIRED);
    }

    private static long issued(People people, IssueToken command) {
        return people.tokens().values().stream()
                .filter(token -> token.person().equals(command.person()) && command.now().isBefore(token.until()))
                .count();
    }

    private static Decision<PeopleResult> refused(PeopleResult why) {
        return new Decision<>(why, List.of());
    }

    private static Decision<PeopleResult> recorded(PeopleCommand command, AboutPeople event) {
        return new Decision<>(PeopleResult.DONE, List.of(new RecordedEvent(command.eventId(), null, null, null,
                Occurrence.exactly(command.now()), command.now(), event)));
    }
}
