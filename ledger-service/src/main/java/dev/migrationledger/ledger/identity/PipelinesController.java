package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.PipelineMatch.GithubRepository;
import dev.migrationledger.contracts.identity.PipelineMatch.GitlabProject;
import dev.migrationledger.contracts.identity.PipelineMatch.KubernetesAccount;
import dev.migrationledger.contracts.identity.PipelineSession;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.identity.TrustedPipelines.SignIn;
import dev.migrationledger.ledger.identity.TrustedPipelines.Trusted;
import dev.migrationledger.ledger.identity.pipelines.PipelineSessions.Begun;
import dev.migrationledger.ledger.identity.pipelines.PipelinesDecisions;
import dev.migrationledger.ledger.identity.pipelines.PipelinesResult;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Pipelines", description = "Which pipelines may act, and for which environments")
final class PipelinesController {

    private static final String GITHUB = "https://token.actions.githubusercontent.com";

    private static final String GITLAB = "https://gitlab.com";

    private static final int LONGEST_TEXT = 500;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final TrustedPipelines pipelines;
    private final IdentitySettings settings;
    private final FailedAttempts failedAttempts;

    PipelinesController(TrustedPipelines pipelines, IdentitySettings settings, Clock clock) {
        this.pipelines = pipelines;
        this.settings = settings;
        this.failedAttempts = new FailedAttempts(clock);
    }

    @GetMapping("/pipelines")
    @Operation(summary = "List the trusted pipelines", description = "Those that may act for a project which the caller may read.")
    List<TrustedPipeline> pipelines(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return pipelines.all().stream()
                .filter(one -> caller.scope().hasAny(project -> AgentKey.covers(one.project(), project)))
                .toList();
    }

    @PostMapping(path = "/pipelines", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Trust a pipeline", description = "Its id tokens then sign it in, and it may act for these environments. In project and environment, * matches any text.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = TrustedPipeline.Wanted.class))))
    @ApiResponse(responseCode = "201", description = "The pipeline", content = @Content(schema = @Schema(implementation = TrustedPipeline.class)))
    @ApiResponse(responseCode = "409", description = "audience-missing: this ledger has no audience; trusted-before; too-many-pipelines", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<TrustedPipeline> trust(@RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        needAudience();
        TrustedPipeline.Wanted wanted = RequestFields.read(body, TrustedPipeline.Wanted.class);
        texts(wanted.match()).forEach(PipelinesController::check);
        Trusted trusted = pipelines.trust(issuer(wanted), wanted.match(),
                EnvironmentPattern.check("project", wanted.project()),
                EnvironmentPattern.check("environment", wanted.environment()), caller.getName());
        return switch (trusted.result()) {
            case DONE -> ResponseEntity.status(HttpStatus.CREATED).body(pipelines.pipeline(trusted.pipeline()));
            case UNCHANGED, UNKNOWN ->
                throw Refusal.conflict("trusted-before", "The pipeline is trusted there already.");
            case TOO_MANY ->
                throw Refusal.conflict("too-many-pipelines", "%,d pipelines are trusted. Remove some first."
                        .formatted(PipelinesDecisions.MOST_PIPELINES));
        };
    }

    @DeleteMapping("/pipelines/{pipeline}")
    @Operation(summary = "Trust a pipeline no longer", description = "It may do nothing there any more, from now on.")
    ResponseEntity<Void> withdraw(@PathVariable UUID pipeline,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        if (pipelines.withdraw(pipeline, caller.getName()) != PipelinesResult.DONE) {
            throw Refusal.notFound("No trusted pipeline '%s' exists.".formatted(pipeline));
        }
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = "/pipeline-sessions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Sign in as a pipeline", description = "The id token is the proof; nothing else is needed. The answer has a bearer token for the requests of one run.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = PipelineSession.Wanted.class))))
    @ApiResponse(responseCode = "201", description = "The session", content = @Content(schema = @Schema(implementation = PipelineSession.class)))
    @ApiResponse(responseCode = "401", description = "wrong-token", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "429", description = "too-many-attempts: wrong tokens from this address", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "503", description = "unavailable: the keys of the issuer cannot be read", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<byte[]> signIn(@RequestBody byte[] body, HttpServletRequest request) {
        needAudience();
        String address = request.getRemoteAddr();
        if (failedAttempts.tooMany(address)) {
            throw new Refusal(Refusal.problem(HttpStatus.TOO_MANY_REQUESTS, "too-many-attempts",
                    "%d wrong tokens came from %s. Wait a minute.".formatted(FailedAttempts.MOST, address), null));
        }
        SignIn signIn = pipelines.signIn(RequestFields.read(body, PipelineSession.Wanted.class).token().strip());
        return switch (signIn.begun()) {
            // Written here, because every other answer loses what looks like a secret.
            case Begun.Session it -> ResponseEntity.status(HttpStatus.CREATED)
                    .contentType(MediaType.APPLICATION_JSON)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .body(ContractJson.write(new PipelineSession(it.run(), it.until(), signIn.secret())));
            case Begun.Refused it -> {
                failedAttempts.failed(address);
                throw new Refusal(Refusal.problem(HttpStatus.UNAUTHORIZED, "wrong-token", it.detail(), "token"));
            }
            case Begun.RetryLater it -> throw Refusal.unavailable(it.detail(), RETRY_AFTER, null);
        };
    }

    private void needAudience() {
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

    /** Without TLS, whoever is on the way makes tokens; on the ledger's own machine nobody is. */
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
