package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.PipelineMatch.GithubRepository;
import dev.migrationledger.contracts.identity.PipelineMatch.GitlabProject;
import dev.migrationledger.contracts.identity.PipelineMatch.KubernetesAccount;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.PipelineSession;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.identity.TrustedPipelines.Trusted;
import dev.migrationledger.ledger.identity.pipelines.PipelinesDecisions;
import dev.migrationledger.ledger.identity.pipelines.PipelinesResult;
import dev.migrationledger.ledger.problem.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which pipelines administrators trust, for the API and for pages. Each method records something, or throws a {@link Refusal} that says why not. */
public final class PipelineActions {

    public static final int LONGEST_TEXT = 500;

    private static final String GITHUB = "https://token.actions.githubusercontent.com";

    private static final String GITLAB = "https://gitlab.com";

    private final TrustedPipelines pipelines;
    private final IdentitySettings settings;

    PipelineActions(TrustedPipelines pipelines, IdentitySettings settings) {
        this.pipelines = pipelines;
        this.settings = settings;
    }

    /** Those that may act for a project which the caller may read. */
    public List<TrustedPipeline> readableBy(Caller caller) {
        return pipelines.all().stream()
                .filter(one -> caller.scope().hasAny(project -> AgentKey.covers(one.project(), project)))
                .toList();
    }

    /** One that is trusted. */
    public TrustedPipeline show(UUID pipeline) {
        return pipelines.all().stream().filter(one -> one.pipeline().equals(pipeline)).findFirst()
                .orElseThrow(() -> unknown(pipeline));
    }

    /** What was asked for, with its issuer, if it can be. */
    public TrustedPipeline.Wanted check(TrustedPipeline.Wanted wanted) {
        needAudience();
        texts(wanted.match()).forEach(PipelineActions::check);
        return new TrustedPipeline.Wanted(issuer(wanted), wanted.match(),
                EnvironmentPattern.check("project", wanted.project()),
                EnvironmentPattern.check("environment", wanted.environment()));
    }

    /** From now on its id tokens sign it in. */
    public TrustedPipeline trust(TrustedPipeline.Wanted wanted, String by) {
        check(wanted);
        Trusted trusted = pipelines.trust(issuer(wanted), wanted.match(), wanted.project(), wanted.environment(), by);
        return switch (trusted.result()) {
            case DONE -> pipelines.pipeline(trusted.pipeline());
            case UNCHANGED, UNKNOWN ->
                throw Refusal.conflict("trusted-before", "The pipeline is trusted there already.");
            case TOO_MANY ->
                throw Refusal.conflict("too-many-pipelines", "%,d pipelines are trusted. Remove some first."
                        .formatted(PipelinesDecisions.MOST_PIPELINES));
        };
    }

    /** From now on it may do nothing there any more. */
    public void withdraw(UUID pipeline, String by) {
        if (pipelines.withdraw(pipeline, by) != PipelinesResult.DONE) {
            throw unknown(pipeline);
        }
    }

    private static Refusal unknown(UUID pipeline) {
        return Refusal.notFound("No trusted pipeline '%s' exists.".formatted(pipeline));
    }

    void needAudience() {
        if (settings.audience() == null || settings.audience().isBlank()) {
            throw Refusal.conflict(PipelineSession.AUDIENCE_MISSING,
                    "Pipelines cannot sign in, because the ledger has no audience. Set ledger.identity.audience to its address.");
        }
    }

    private static String issuer(TrustedPipeline.Wanted wanted) {
        String issuer = wanted.issuer();
        if (issuer == null) {
            return switch (wanted.match()) {
                case GithubRepository _ -> GITHUB;
                case GitlabProject _ -> GITLAB;
                case KubernetesAccount _ ->
                    throw Refusal.invalid("issuer", "The issuer is missing. Name the cluster's.");
            };
        }
        if (issuer.length() > LONGEST_TEXT || !isAddress(issuer)) {
            throw Refusal.invalid("issuer",
                    "'%s' is not the address of an issuer. Use one that begins with https://, as its tokens name it."
                            .formatted(Redaction.of(issuer)));
        }
        return issuer;
    }

    /** Without TLS, everyone on the way can make tokens. No one is between a ledger and its own machine. */
    private static boolean isAddress(String issuer) {
        try {
            URI address = URI.create(issuer);
            return address.getHost() != null && address.getUserInfo() == null && address.getQuery() == null
                    && address.getFragment() == null
                    && ("https".equals(address.getScheme())
                            || ("http".equals(address.getScheme()) && "127.0.0.1".equals(address.getHost())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** By field, the values that tokens are compared with. */
    private static Map<String, @Nullable String> texts(PipelineMatch match) {
        Map<String, @Nullable String> texts = new TreeMap<>();
        switch (match) {
            case GithubRepository it -> {
                texts.put("repositoryId", it.repositoryId());
                texts.put("environment", it.environment());
                texts.put("workflow", it.workflow());
                texts.put("ref", it.ref());
            }
            case GitlabProject it -> {
                texts.put("projectId", it.projectId());
                texts.put("environment", it.environment());
            }
            case KubernetesAccount it -> {
                texts.put("namespace", it.namespace());
                texts.put("serviceAccount", it.serviceAccount());
                texts.put("uid", it.uid());
            }
        }
        return texts;
    }

    private static void check(String field, @Nullable String text) {
        if (text != null && (text.isBlank() || text.length() > LONGEST_TEXT || text.contains("*"))) {
            throw Refusal.invalid("match." + field,
                    "match.%s is '%s'. Write the whole value, as tokens have it; no character matches any text here."
                            .formatted(field, Redaction.of(text)));
        }
    }
}
