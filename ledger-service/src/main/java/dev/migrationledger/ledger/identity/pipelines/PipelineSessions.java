package dev.migrationledger.ledger.identity.pipelines;

import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.PipelineRun;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.identity.pipelines.IdTokens.Check;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sessions of pipelines: who showed a token is known by a secret of the ledger's own until the session ends. */
public final class PipelineSessions {

    /** A migration may take longer than GitHub's tokens, which are good for five minutes. */
    private static final Duration SHORTEST = Duration.ofMinutes(15);

    /** An issuer may sign tokens for years. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private final JdbcClient database;
    private final PipelinesView view;
    private final IdTokens tokens;
    private final Clock clock;

    public PipelineSessions(JdbcClient database, PipelinesView view, IdTokens tokens, Clock clock) {
        this.database = database;
        this.view = view;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** What came of a token. */
    public sealed interface Begun {
        /** A session began. */
        record Session(PipelineRun run, Instant until) implements Begun {}

        /**
         * The token is no proof.
         *
         * @param detail what is wrong and what to do
         */
        record Refused(String detail) implements Begun {}

        /**
         * It may be one, which cannot be known now.
         *
         * @param detail why not
         */
        record RetryLater(String detail) implements Begun {}
    }

    /**
     * A session that goes on.
     *
     * @param trusted where its pipeline may act now
     */
    public record Session(PipelineRun run, List<TrustedPipeline> trusted) {}

    /**
     * Begins a session with an id token.
     *
     * @param session its id
     * @param secret the digest of what will prove it
     */
    public Begun begin(UUID session, String secret, String token) {
        return switch (tokens.check(token, issuer -> !view.ofIssuer(issuer).isEmpty())) {
            case Check.Genuine genuine -> begin(session, secret, genuine);
            case Check.Wrong(String detail) -> new Begun.Refused(detail);
            case Check.Unknown(String detail) -> new Begun.RetryLater(detail);
        };
    }

    private Begun begin(UUID session, String secret, Check.Genuine genuine) {
        TrustedPipeline trusted = view.ofIssuer(genuine.claims().issuer()).stream()
                .filter(one -> genuine.claims().run(one.match()).isPresent()).findFirst().orElse(null);
        if (trusted == null) {
            return new Begun.Refused(
                    "No trusted pipeline of '%s' has the ids of the token. Ask an administrator to trust it."
                            .formatted(genuine.claims().issuer()));
        }
        PipelineRun run = genuine.claims().run(trusted.match()).orElseThrow();
        Instant now = clock.instant();
        Instant until = latest(genuine.until(), now.plus(SHORTEST));
        until = until.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : until;
        forgetOld(now);
        if (isShownOnce(trusted.match())) {
            String id = genuine.id();
            if (id == null) {
                return new Begun.Refused("The token has no id (jti), so it cannot be accepted only once.");
            }
            if (!takes(run.issuer(), id, genuine.until())) {
                return new Begun.Refused("The token was used before. Request a new one for each command.");
            }
        }
        database.sql("insert into ledger.pipeline_session (session, digest, run, until) values (?, ?, ?::json, ?)")
                .params(session, secret, StoredJson.write(run),
                        Timestamp.from(until))
                .update();
        return new Begun.Session(run, until);
    }

    /** Kubernetes gives a container that starts again the same token, until it makes the next one. */
    private static boolean isShownOnce(PipelineMatch match) {
        return switch (match) {
            case PipelineMatch.GithubRepository _,PipelineMatch.GitlabProject _ -> true;
            case PipelineMatch.KubernetesAccount _ -> false;
        };
    }

    /** Takes a token; only the first of all ledgers on the database can. */
    private boolean takes(String issuer, String id, Instant until) {
        return database.sql("insert into ledger.used_id_token (digest, until) values (?, ?) on conflict do nothing")
                .params(Sha256.hex(issuer + "\n" + id), Timestamp.from(until.plus(IdTokens.SKEW.multipliedBy(2))))
                .update() == 1;
    }

    private void forgetOld(Instant now) {
        database.sql("delete from ledger.used_id_token where until < ?").param(Timestamp.from(now)).update();
        database.sql("delete from ledger.pipeline_session where until < ?").param(Timestamp.from(now)).update();
    }

    /** The session that a secret proves; empty if none does now, or if its pipeline is no longer trusted anywhere. */
    public Optional<Session> session(UUID session, String secret) {
        return database.sql("select run from ledger.pipeline_session where session = ? and digest = ? and until > ?")
                .params(session, secret, Timestamp.from(clock.instant()))
                .query(String.class).optional().map(run -> StoredJson.read(run, PipelineRun.class))
                .map(run -> new Session(run, view.ofIssuer(run.issuer()).stream()
                        .filter(one -> TokenClaims.matches(one.match(), run)).toList()))
                .filter(one -> !one.trusted().isEmpty());
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
