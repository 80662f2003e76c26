package dev.migrationledger.ledger.identity.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.IdentityEvent.AboutPipelines;
import dev.migrationledger.contracts.identity.PipelineMatch.GithubRepository;
import dev.migrationledger.ledger.identity.pipelines.PipelinesCommand.TrustPipeline;
import dev.migrationledger.ledger.identity.pipelines.PipelinesCommand.WithdrawTrust;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PipelinesDecisionsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Pipelines pipelines = Pipelines.NONE;
    private long ids;

    private PipelinesResult when(PipelinesCommand command) {
        Decision<PipelinesResult> decision = PipelinesDecisions.decide(pipelines, command);
        for (RecordedEvent event : decision.events()) {
            pipelines = pipelines.evolve((AboutPipelines) event.event(), event.recordedAt());
        }
        assertThat(decision.events().isEmpty()).isEqualTo(decision.result() != PipelinesResult.DONE);
        return decision.result();
    }

    private PipelinesResult trust(String repositoryId, String environment) {
        return when(new TrustPipeline(id(), NOON, id(), "https://issuer.example",
                new GithubRepository(repositoryId, null, null, null), "navbot", environment, "ada"));
    }

    private UUID id() {
        return new UUID(9, ++ids);
    }

    @Test
    void a_pipeline_is_trusted_once_for_the_same_environments() {
        assertThat(trust("1", "staging")).isEqualTo(PipelinesResult.DONE);
        assertThat(trust("1", "staging")).isEqualTo(PipelinesResult.UNCHANGED);
        assertThat(trust("1", "production")).isEqualTo(PipelinesResult.DONE);
        assertThat(trust("2", "staging")).isEqualTo(PipelinesResult.DONE);
        assertThat(pipelines.trusted()).hasSize(3);
    }

    @Test
    void a_withdrawn_trust_is_gone_and_may_be_given_again() {
        trust("1", "staging");
        UUID pipeline = pipelines.trusted().firstKey();
        assertThat(when(new WithdrawTrust(id(), NOON, pipeline, "ada"))).isEqualTo(PipelinesResult.DONE);
        assertThat(when(new WithdrawTrust(id(), NOON, pipeline, "ada"))).isEqualTo(PipelinesResult.UNKNOWN);
        assertThat(pipelines).isEqualTo(Pipelines.NONE);
        assertThat(trust("1", "staging")).isEqualTo(PipelinesResult.DONE);
    }

    @Test
    void there_is_a_limit() {
        for (int i = 0; i < PipelinesDecisions.MOST_PIPELINES; i++) {
            assertThat(trust("" + i, "staging")).isEqualTo(PipelinesResult.DONE);
        }
        assertThat(trust("more", "staging")).isEqualTo(PipelinesResult.TOO_MANY);
    }
}
