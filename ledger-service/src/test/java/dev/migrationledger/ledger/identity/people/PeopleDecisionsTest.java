package dev.migrationledger.ledger.identity.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.IdentityEvent.AboutPeople;
import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.identity.people.PeopleCommand.GrantRole;
import dev.migrationledger.ledger.identity.people.PeopleCommand.IssueLink;
import dev.migrationledger.ledger.identity.people.PeopleCommand.IssueToken;
import dev.migrationledger.ledger.identity.people.PeopleCommand.RevokeToken;
import dev.migrationledger.ledger.identity.people.PeopleCommand.SignIn;
import dev.migrationledger.ledger.identity.people.PeopleCommand.UseLink;
import dev.migrationledger.ledger.identity.people.PeopleCommand.WithdrawRole;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeopleDecisionsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID ADAS = new UUID(1, 1);

    private People people = People.NONE;
    private Instant now = NOON;
    private long events;

    private PeopleResult when(PeopleCommand command) {
        Decision<PeopleResult> decision = PeopleDecisions.decide(people, command);
        for (RecordedEvent event : decision.events()) {
            people = people.evolve((AboutPeople) event.event(), event.recordedAt());
        }
        return decision.result();
    }

    private UUID id() {
        return new UUID(9, ++events);
    }

    private PeopleResult issueLink(String digest) {
        return when(new IssueLink(id(), now, digest, now.plus(Duration.ofHours(24))));
    }

    private PeopleResult useLink(String digest) {
        return when(new UseLink(id(), now, digest));
    }

    private PeopleResult issueToken(UUID token, String person) {
        return when(new IssueToken(id(), now, token, person, "robot", Role.VIEWER, null, "digest",
                now.plus(Duration.ofDays(1))));
    }

    private PeopleResult revoke(UUID token, String by, boolean administrator) {
        return when(new RevokeToken(id(), now, token, by, administrator));
    }

    @Test
    void a_link_works_once() {
        issueLink("a");
        assertThat(useLink("a")).isEqualTo(PeopleResult.DONE);
        assertThat(people.administered()).isTrue();
        assertThat(useLink("a")).isEqualTo(PeopleResult.UNKNOWN);
    }

    @Test
    void a_link_works_until_its_time_is_over() {
        issueLink("a");
        now = NOON.plus(Duration.ofHours(24));
        assertThat(useLink("a")).isEqualTo(PeopleResult.EXPIRED);
        assertThat(people.administered()).isFalse();
    }

    @Test
    void a_newer_link_voids_the_older() {
        issueLink("a");
        issueLink("b");
        assertThat(useLink("a")).isEqualTo(PeopleResult.UNKNOWN);
        assertThat(useLink("b")).isEqualTo(PeopleResult.DONE);
    }

    @Test
    void nobody_signs_in_without_a_link() {
        assertThat(useLink("")).isEqualTo(PeopleResult.UNKNOWN);
    }

    @Test
    void a_token_opens_while_it_is_valid() {
        issueToken(ADAS, "ada");
        assertThat(people.token(ADAS, "digest", NOON)).isPresent();
        assertThat(people.token(ADAS, "other", NOON)).isEmpty();
        assertThat(people.token(ADAS, "digest", NOON.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void a_person_revokes_their_own_tokens_and_an_administrator_everyones() {
        issueToken(ADAS, "ada");
        assertThat(revoke(ADAS, "eve", false)).isEqualTo(PeopleResult.UNKNOWN);
        assertThat(people.token(ADAS, "digest", NOON)).isPresent();
        assertThat(revoke(ADAS, "ada", false)).isEqualTo(PeopleResult.DONE);
        assertThat(people.token(ADAS, "digest", NOON)).isEmpty();
        issueToken(ADAS, "ada");
        assertThat(revoke(ADAS, "eve", true)).isEqualTo(PeopleResult.DONE);
    }

    @Test
    void a_person_has_no_more_tokens_than_anybody_looks_after() {
        for (int i = 0; i < PeopleDecisions.MOST_TOKENS; i++) {
            assertThat(issueToken(id(), "ada")).isEqualTo(PeopleResult.DONE);
        }
        assertThat(issueToken(id(), "ada")).isEqualTo(PeopleResult.TOO_MANY);
        assertThat(issueToken(id(), "eve")).isEqualTo(PeopleResult.DONE);
        now = NOON.plus(Duration.ofDays(1));
        assertThat(issueToken(id(), "ada")).as("the others have expired").isEqualTo(PeopleResult.DONE);
    }

    private PeopleResult grant(String person, Role role, @Nullable String project, String by) {
        return when(new GrantRole(id(), now, person, role, project, by));
    }

    private PeopleResult withdraw(String person, @Nullable String project) {
        return when(new WithdrawRole(id(), now, person, project, "local"));
    }

    @Test
    void who_uses_the_link_administers_all_projects() {
        issueLink("a");
        assertThat(people.known("local").roles(now).include(Role.VIEWER, null)).isFalse();
        useLink("a");
        assertThat(people.known("local").roles(now).include(Role.ADMINISTRATOR, null)).isTrue();
    }

    @Test
    void a_role_counts_where_it_was_granted_until_it_is_withdrawn() {
        assertThat(grant("ada", Role.APPROVER, "navbot", "local")).isEqualTo(PeopleResult.DONE);
        assertThat(people.known("ada").roles(now).include(Role.VIEWER, "navbot")).isTrue();
        assertThat(people.known("ada").roles(now).include(Role.ADMINISTRATOR, "navbot")).isFalse();
        assertThat(people.known("ada").roles(now).include(Role.VIEWER, "other")).isFalse();
        assertThat(people.known("ada").roles(now).include(Role.VIEWER, null)).isFalse();
        assertThat(grant("ada", Role.APPROVER, "navbot", "local")).isEqualTo(PeopleResult.UNCHANGED);
        assertThat(grant("ada", Role.VIEWER, null, "local")).isEqualTo(PeopleResult.DONE);
        assertThat(people.known("ada").roles(now).list()).containsExactly(
                new GrantedRole(Role.VIEWER, null), new GrantedRole(Role.APPROVER, "navbot"));
        assertThat(withdraw("ada", "navbot")).isEqualTo(PeopleResult.DONE);
        assertThat(withdraw("ada", "navbot")).isEqualTo(PeopleResult.UNKNOWN);
        assertThat(people.known("ada").roles(now).include(Role.APPROVER, "navbot")).isFalse();
        assertThat(withdraw("ada", null)).isEqualTo(PeopleResult.DONE);
        assertThat(people.known()).isEmpty();
    }

    @Test
    void a_person_does_not_raise_themselves() {
        grant("ada", Role.ADMINISTRATOR, "navbot", "local");
        assertThat(grant("ada", Role.ADMINISTRATOR, null, "ada")).isEqualTo(PeopleResult.OWN_ROLE);
        assertThat(grant("ada", Role.VIEWER, "navbot", "ada")).isEqualTo(PeopleResult.OWN_ROLE);
        assertThat(people.known("ada").roles(now).everywhere()).isNull();
    }

    @Test
    void the_last_administrator_stays() {
        grant("ada", Role.ADMINISTRATOR, null, "local");
        grant("eve", Role.ADMINISTRATOR, "navbot", "ada");
        assertThat(withdraw("ada", null)).isEqualTo(PeopleResult.LAST_ADMINISTRATOR);
        assertThat(grant("ada", Role.VIEWER, null, "eve")).isEqualTo(PeopleResult.LAST_ADMINISTRATOR);
        grant("eve", Role.ADMINISTRATOR, null, "ada");
        assertThat(withdraw("ada", null)).isEqualTo(PeopleResult.DONE);
        assertThat(withdraw("eve", null)).isEqualTo(PeopleResult.LAST_ADMINISTRATOR);
    }

    @Test
    void roles_are_limited_in_number() {
        for (int i = 0; i < PeopleDecisions.MOST_ROLES; i++) {
            grant("ada", Role.VIEWER, "p" + i, "local");
        }
        assertThat(grant("ada", Role.VIEWER, "one-more", "local")).isEqualTo(PeopleResult.TOO_MANY);
        assertThat(grant("ada", Role.APPROVER, "p1", "local")).isEqualTo(PeopleResult.DONE);
    }

    private PeopleResult signIn(String name, Roles roles) {
        return when(new SignIn(id(), now, "ada", name, null, roles));
    }

    @Test
    void what_the_issuer_said_at_the_last_sign_in_counts_beside_what_was_granted() {
        grant("ada", Role.VIEWER, "navbot", "local");
        signIn("Ada", Roles.of(List.of(new GrantedRole(Role.APPROVER, "navbot"), new GrantedRole(Role.VIEWER, null))));
        assertThat(people.known("ada").roles(now).list()).containsExactly(
                new GrantedRole(Role.VIEWER, null), new GrantedRole(Role.APPROVER, "navbot"));
        signIn("Ada L.", Roles.NONE);
        assertThat(people.known("ada").roles(now).list()).containsExactly(new GrantedRole(Role.VIEWER, "navbot"));
        assertThat(Objects.requireNonNull(people.known("ada").signIn()).name()).isEqualTo("Ada L.");
    }

    @Test
    void what_the_issuer_said_is_forgotten_after_a_while() {
        signIn("Ada", Roles.ADMINISTRATOR);
        now = NOON.plus(People.ISSUER_ROLES).minusSeconds(1);
        assertThat(people.known("ada").roles(now)).isEqualTo(Roles.ADMINISTRATOR);
        now = NOON.plus(People.ISSUER_ROLES);
        assertThat(people.known("ada").roles(now)).isEqualTo(Roles.NONE);
    }

    @Test
    void an_administrator_by_the_issuers_word_is_not_the_one_who_must_stay() {
        grant("eve", Role.ADMINISTRATOR, null, "local");
        signIn("Ada", Roles.ADMINISTRATOR);
        assertThat(withdraw("eve", null)).isEqualTo(PeopleResult.LAST_ADMINISTRATOR);
    }

    @Test
    void every_address_that_an_issuer_verified_is_kept_in_one_case() {
        when(new SignIn(id(), now, "ada", "Ada", "Ada@Example.org", Roles.NONE));
        when(new SignIn(id(), now, "ada", "Ada", "ada@new.example.org", Roles.NONE));
        when(new SignIn(id(), now, "ada", "Ada", null, Roles.NONE));
        grant("ada", Role.VIEWER, null, "local");
        assertThat(people.known("ada").addresses()).containsExactly("ada@example.org", "ada@new.example.org");
    }
}
