package dev.migrationledger.ledger.identity.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.IdentityEvent.AboutAgents;
import dev.migrationledger.contracts.identity.AgentKey.Status;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.Enrol;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.IssueCode;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.ReinstateKey;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.RevokeKey;
import dev.migrationledger.ledger.identity.agents.AgentsCommand.SuspendKey;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AgentsDecisionsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final UUID CODE = new UUID(1, 1);

    private Agents agents = Agents.NONE;
    private Instant now = NOON;
    private long events;

    private AgentsResult when(AgentsCommand command) {
        Decision<AgentsResult> decision = AgentsDecisions.decide(agents, command);
        for (RecordedEvent event : decision.events()) {
            agents = agents.evolve((AboutAgents) event.event(), event.recordedAt());
        }
        assertThat(decision.events().isEmpty()).isEqualTo(decision.result() != AgentsResult.DONE);
        return decision.result();
    }

    private UUID id() {
        return new UUID(9, ++events);
    }

    private AgentsResult issue(UUID code) {
        return when(new IssueCode(id(), now, code, "digest of " + code, "navbot", "tenant-*", now.plus(DAY), "ada",
                null));
    }

    private AgentsResult enrol(UUID code, String key) {
        return when(new Enrol(id(), now, code, "digest of " + code, key, "public " + key, "db-1"));
    }

    private AgentsResult suspend(String key) {
        return when(new SuspendKey(id(), now, key, 1, 2));
    }

    private AgentsResult reinstate(String key) {
        return when(new ReinstateKey(id(), now, key, "ada"));
    }

    private AgentsResult revoke(String key) {
        return when(new RevokeKey(id(), now, key, "ada", "gone"));
    }

    private Agents.Key key(String id) {
        return Objects.requireNonNull(agents.keys().get(id));
    }

    @Test
    void a_code_enrols_one_agent_for_its_pattern() {
        issue(CODE);
        assertThat(enrol(CODE, "k")).isEqualTo(AgentsResult.DONE);
        assertThat(key("k")).isEqualTo(
                new Agents.Key("k", "public k", "db-1", "navbot", "tenant-*", Status.ACTIVE, NOON, NOON));
        assertThat(enrol(CODE, "other")).isEqualTo(AgentsResult.UNKNOWN);
    }

    @Test
    void a_code_with_another_secret_is_none() {
        issue(CODE);
        assertThat(when(new Enrol(id(), now, CODE, "digest of a guess", "k", "public k", "db-1")))
                .isEqualTo(AgentsResult.UNKNOWN);
        assertThat(enrol(CODE, "k")).as("the guess did not use it up").isEqualTo(AgentsResult.DONE);
    }

    @Test
    void a_code_expires() {
        issue(CODE);
        now = NOON.plus(DAY);
        assertThat(enrol(CODE, "k")).isEqualTo(AgentsResult.EXPIRED);
        issue(new UUID(1, 2));
        assertThat(agents.codes()).as("expired codes go").containsOnlyKeys(new UUID(1, 2));
    }

    @Test
    void a_key_enrols_once() {
        issue(CODE);
        enrol(CODE, "k");
        issue(new UUID(1, 2));
        assertThat(enrol(new UUID(1, 2), "k")).isEqualTo(AgentsResult.ENROLLED_BEFORE);
    }

    @Test
    void a_pattern_has_a_limit_of_keys_that_revoking_makes_room_in() {
        for (int i = 0; i <= AgentsDecisions.MOST_KEYS; i++) {
            issue(new UUID(2, i));
            assertThat(enrol(new UUID(2, i), "k" + i)).isEqualTo(
                    i < AgentsDecisions.MOST_KEYS ? AgentsResult.DONE : AgentsResult.TOO_MANY);
        }
        revoke("k0");
        assertThat(enrol(new UUID(2, AgentsDecisions.MOST_KEYS), "last")).isEqualTo(AgentsResult.DONE);
    }

    @Test
    void open_codes_have_a_limit() {
        for (int i = 0; i < AgentsDecisions.MOST_CODES; i++) {
            issue(new UUID(2, i));
        }
        assertThat(issue(CODE)).isEqualTo(AgentsResult.TOO_MANY);
        now = NOON.plus(DAY);
        assertThat(issue(CODE)).isEqualTo(AgentsResult.DONE);
    }

    @Test
    void a_suspended_key_stays_so_until_an_administrator_decides() {
        issue(CODE);
        enrol(CODE, "k");
        assertThat(reinstate("k")).isEqualTo(AgentsResult.UNCHANGED);
        assertThat(suspend("k")).isEqualTo(AgentsResult.DONE);
        assertThat(suspend("k")).as("nothing is recorded twice").isEqualTo(AgentsResult.UNCHANGED);
        now = NOON.plusSeconds(60);
        assertThat(reinstate("k")).isEqualTo(AgentsResult.DONE);
        assertThat(key("k").status()).isEqualTo(Status.ACTIVE);
        assertThat(key("k").since()).as("what was before does not count").isEqualTo(now);
    }

    @Test
    void a_revoked_key_stays_revoked() {
        issue(CODE);
        enrol(CODE, "k");
        suspend("k");
        assertThat(revoke("k")).isEqualTo(AgentsResult.DONE);
        assertThat(revoke("k")).isEqualTo(AgentsResult.UNKNOWN);
        assertThat(reinstate("k")).isEqualTo(AgentsResult.UNKNOWN);
        assertThat(suspend("k")).isEqualTo(AgentsResult.UNCHANGED);
        assertThat(key("k").status()).isEqualTo(Status.REVOKED);
    }

    @Test
    void nobody_decides_about_a_key_that_is_not_enrolled() {
        assertThat(revoke("k")).isEqualTo(AgentsResult.UNKNOWN);
        assertThat(reinstate("k")).isEqualTo(AgentsResult.UNKNOWN);
        assertThat(suspend("k")).isEqualTo(AgentsResult.UNCHANGED);
    }
}
