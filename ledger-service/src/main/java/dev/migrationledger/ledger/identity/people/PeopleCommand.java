package dev.migrationledger.ledger.identity.people;

import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked of the organisation about people. The event's id and the time come with it. */
public sealed interface PeopleCommand extends Command {

    UUID eventId();

    Instant now();

    @Override
    default StreamId stream() {
        return new StreamId.Organisation();
    }

    /** Issues a link for the local administrator; an earlier one is void. */
    record IssueLink(UUID eventId, Instant now, String digest, Instant until) implements PeopleCommand {}

    /** Asks to sign in with the secret of a link. */
    record UseLink(UUID eventId, Instant now, String digest) implements PeopleCommand {}

    /** A person wants a token for a program. */
    record IssueToken(
            UUID eventId, Instant now, UUID token, String person, String name, Role role, @Nullable String project,
            String digest, Instant until) implements PeopleCommand {}

    /**
     * Asks to revoke a token.
     *
     * @param administrator whether who asks may revoke the tokens of others
     */
    record RevokeToken(UUID eventId, Instant now, UUID token, String by, boolean administrator)
            implements
                PeopleCommand {}

    /**
     * A person signed in with an issuer.
     *
     * @param roles that follow from what the issuer said
     */
    record SignIn(
            UUID eventId, Instant now, String person, @Nullable String name, @Nullable String email, Roles roles)
            implements
                PeopleCommand {}

    /**
     * Asks to give a person a role, in place of the one that they have in the same place.
     *
     * @param project absent: in all projects
     */
    record GrantRole(UUID eventId, Instant now, String person, Role role, @Nullable String project, String by)
            implements
                PeopleCommand {}

    /**
     * Asks to take a person's role.
     *
     * @param project absent: the one in all projects
     */
    record WithdrawRole(UUID eventId, Instant now, String person, @Nullable String project, String by)
            implements
                PeopleCommand {}
}
