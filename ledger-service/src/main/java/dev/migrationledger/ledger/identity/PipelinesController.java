package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.PipelineSession;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.identity.TrustedPipelines.SignIn;
import dev.migrationledger.ledger.identity.pipelines.PipelineSessions.Begun;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
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

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final TrustedPipelines pipelines;
    private final PipelineActions actions;
    private final FailedAttempts failedAttempts;

    PipelinesController(TrustedPipelines pipelines, PipelineActions actions, Clock clock) {
        this.pipelines = pipelines;
        this.actions = actions;
        this.failedAttempts = new FailedAttempts(clock);
    }

    @GetMapping("/pipelines")
    @Operation(summary = "List the trusted pipelines", description = "Those that may act for a project which the caller may read.")
    List<TrustedPipeline> pipelines(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return actions.readableBy(caller);
    }

    @PostMapping(path = "/pipelines", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Trust a pipeline", description = "Its id tokens then sign it in, and it may act for these environments. In project and environment, * matches any text.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = TrustedPipeline.Wanted.class))))
    @ApiResponse(responseCode = "201", description = "The pipeline", content = @Content(schema = @Schema(implementation = TrustedPipeline.class)))
    @ApiResponse(responseCode = "409", description = "audience-missing: this ledger has no audience; trusted-before; too-many-pipelines", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<TrustedPipeline> trust(@RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return ResponseEntity.status(HttpStatus.CREATED).body(actions.trust(
                RequestFields.read(body, TrustedPipeline.Wanted.class), caller.getName()));
    }

    @DeleteMapping("/pipelines/{pipeline}")
    @Operation(summary = "Trust a pipeline no longer", description = "It may do nothing there any more, from now on.")
    ResponseEntity<Void> withdraw(@PathVariable UUID pipeline,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        actions.withdraw(pipeline, caller.getName());
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = "/pipeline-sessions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Sign in as a pipeline", description = "The id token is the proof; nothing else is needed. The answer has a bearer token for the requests of one run.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = PipelineSession.Wanted.class))))
    @ApiResponse(responseCode = "201", description = "The session", content = @Content(schema = @Schema(implementation = PipelineSession.class)))
    @ApiResponse(responseCode = "401", description = "wrong-token", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "429", description = "too-many-attempts: wrong tokens from this address", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "503", description = "unavailable: the keys of the issuer cannot be read", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<byte[]> signIn(@RequestBody byte[] body, HttpServletRequest request) {
        actions.needAudience();
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
}
