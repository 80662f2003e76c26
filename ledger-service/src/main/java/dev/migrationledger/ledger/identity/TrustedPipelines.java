package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.identity.pipelines.PipelineSessions;
import dev.migrationledger.ledger.identity.pipelines.PipelinesCommand;
import dev.migrationledger.ledger.identity.pipelines.PipelinesCommand.TrustPipeline;
import dev.migrationledger.ledger.identity.pipelines.PipelinesCommand.WithdrawTrust;
import dev.migrationledger.ledger.identity.pipelines.PipelinesDecisions;
import dev.migrationledger.ledger.identity.pipelines.PipelinesResult;
import dev.migrationledger.ledger.identity.pipelines.PipelinesView;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.stream.Decider;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which pipelines are trusted, and lets them sign in. */
final class TrustedPipelines {

    private static final Logger log = LoggerFactory.getLogger(TrustedPipelines.class);

    private static final Decider<PipelinesCommand, OrganisationState, PipelinesResult> PIPELINES = Decider.of(
            OrganisationState.DEFINITION, (state, command) -> PipelinesDecisions.decide(state.pipelines(), command));

    /** In front of every session's token, so that scanners for leaked secrets find it. */
    static final String TOKEN = "mlp_";

    private final Recorder recorder;
    private final PipelinesView view;
    private final PipelineSessions sessions;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    TrustedPipelines(Recorder recorder, PipelinesView view, PipelineSessions sessions, Clock clock) {
        this.recorder = recorder;
        this.view = view;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** What came of an administrator's wish to trust a pipeline. */
    record Trusted(PipelinesResult result, UUID pipeline) {}

    Trusted trust(String issuer, PipelineMatch match, String project, String environment, String by) {
        Instant now = clock.instant();
        UUID pipeline = id(now);
        PipelinesResult result = recorder.decide(PIPELINES,
                new TrustPipeline(id(now), now, pipeline, issuer, match, project, environment, by)).result();
        if (result == PipelinesResult.DONE) {
            log.atInfo().addKeyValue("pipeline", pipeline).addKeyValue("issuer", issuer)
                    .addKeyValue("project", project).addKeyValue("environment", environment).addKeyValue("by", by)
                    .log("pipeline trusted");
        }
        return new Trusted(result, pipeline);
    }

    PipelinesResult withdraw(UUID pipeline, String by) {
        Instant now = clock.instant();
        PipelinesResult result = recorder.decide(PIPELINES, new WithdrawTrust(id(now), now, pipeline, by)).result();
        if (result == PipelinesResult.DONE) {
            log.atInfo().addKeyValue("pipeline", pipeline).addKeyValue("by", by).log("trust in pipeline withdrawn");
        }
        return result;
    }

    List<TrustedPipeline> all() {
        return List.copyOf(view.now().trusted().values());
    }

    TrustedPipeline pipeline(UUID id) {
        return Optional.ofNullable(view.now().trusted().get(id)).orElseThrow();
    }

    /** What came of an id token; the secret proves its session, if one began. */
    record SignIn(PipelineSessions.Begun begun, String secret) {}

    SignIn signIn(String idToken) {
        UUID session = id(clock.instant());
        String secret = SecretText.text(TOKEN, session, random);
        return new SignIn(sessions.begin(session, Sha256.hex(secret), idToken), secret);
    }

    /** Whose session a secret proves; empty if none goes on. */
    Optional<Caller.Pipeline> caller(String secret) {
        return SecretText.of(TOKEN, secret).flatMap(session -> sessions.session(session, Sha256.hex(secret)))
                .map(session -> new Caller.Pipeline(session.run(), session.trusted()));
    }

    private UUID id(Instant now) {
        return EventIds.next(now, random);
    }
}
