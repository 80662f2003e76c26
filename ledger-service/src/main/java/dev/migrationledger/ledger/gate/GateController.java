package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.gate.DeployProgress;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer;
import dev.migrationledger.contracts.gate.GatePreview;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.gate.LocalDecision;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.core.policy.DeployRequest;
import dev.migrationledger.ledger.gate.DeployCommand.End;
import dev.migrationledger.ledger.gate.Gate.Asking;
import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.identity.AgentProof;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.ingest.http.BodyBudget;
import dev.migrationledger.ledger.ingest.http.RequestBody;
import dev.migrationledger.ledger.problem.PageRequest;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/projects/{project}/environments/{environment}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Gate", description = "Whether a deploy may run, and what became of it")
final class GateController {

    private final Gate gate;
    private final DeploysView deploys;
    private final DeployApprovals approvals;
    private final DeployHeartbeats heartbeats;
    private final EnvironmentViews environments;
    private final Recorder recorder;
    private final AgentKeys keys;
    private final BodyBudget budget;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    GateController(
            Gate gate, DeploysView deploys, DeployApprovals approvals, DeployHeartbeats heartbeats,
            EnvironmentViews environments,
            Recorder recorder, AgentKeys keys, BodyBudget budget, Clock clock) {
        this.gate = gate;
        this.deploys = deploys;
        this.approvals = approvals;
        this.heartbeats = heartbeats;
        this.environments = environments;
        this.recorder = recorder;
        this.keys = keys;
        this.budget = budget;
        this.clock = clock;
    }

    @PostMapping(path = "/gate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Ask whether a deploy may run", description = "Judges what was just observed of the scripts and the database, next to what is known of the project's other environments, by its policy. The answer is recorded, and holds for 15 minutes.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = GateQuestion.class))))
    @ApiResponse(responseCode = "200", description = "The answer", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "observation-needed: send the question with 'observation'. retired: the environment is not in use", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    GateAnswer ask(
            @PathVariable String project, @PathVariable String environment, InputStream body,
            @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, required = false) @Nullable String encoding,
            @Parameter(hidden = true) @AuthenticationPrincipal @Nullable Caller caller, HttpServletRequest request) {
        try (BodyBudget.Share share = budget.share()) {
            byte[] json = RequestBody.read(body, encoding, share);
            Asking asking = asking(project, environment, json, caller, request);
            return gate.answer(project, environment, RequestFields.readLarge(json, GateQuestion.class), asking);
        }
    }

    @GetMapping("/gate")
    @Operation(summary = "Preview what the gate would answer", description = "About the scripts and the database as an agent reported them last, for who asks. Nothing is recorded, and nothing is allowed: a deploy asks again with what is then observed.")
    @ApiResponse(responseCode = "200", description = "What the answer would be now", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "not-reported: no agent has reported what is needed. retired: the environment is not in use", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    GatePreview preview(
            @PathVariable String project, @PathVariable String environment,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return gate.preview(project, environment, asking(project, environment, caller));
    }

    @PostMapping(path = "/deploys", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Report what an agent decided by itself", description = "While the ledger did not answer. It is recorded once, however often it is reported.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = LocalDecision.class))))
    void report(
            @PathVariable String project, @PathVariable String environment, InputStream body,
            @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, required = false) @Nullable String encoding,
            @Parameter(hidden = true) @AuthenticationPrincipal @Nullable Caller caller, HttpServletRequest request) {
        try (BodyBudget.Share share = budget.share()) {
            byte[] json = RequestBody.read(body, encoding, share);
            Asking asking = asking(project, environment, json, caller, request);
            gate.record(project, environment, RequestFields.readLarge(json, LocalDecision.class), asking);
        }
    }

    @PostMapping(path = "/deploys/{deploy}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Say how a deploy goes", description = "A run without a heartbeat for 60 seconds does not hold up other deploys any more.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = DeployProgress.class))))
    @ApiResponse(responseCode = "404", description = "not-found: no such deploy runs", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    void progress(
            @PathVariable String project, @PathVariable String environment, @PathVariable UUID deploy,
            InputStream body,
            @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, required = false) @Nullable String encoding,
            @Parameter(hidden = true) @AuthenticationPrincipal @Nullable Caller caller, HttpServletRequest request) {
        DeployProgress progress;
        try (BodyBudget.Share share = budget.share()) {
            byte[] json = RequestBody.read(body, encoding, share);
            asking(project, environment, json, caller, request);
            progress = RequestFields.readLarge(json, DeployProgress.class);
        }
        if (!progress.deploy().equals(deploy)) {
            throw Refusal.invalid("deploy", "The body is about deploy %s, not about %s.".formatted(progress.deploy(),
                    deploy));
        }
        Instant now = clock.instant();
        if (!progress.ended()) {
            heartbeats.record(project, environment, deploy, now);
            return;
        }
        DeployResult result = recorder
                .decide(DeployDecisions.DECIDER, new End(project, environment, now, random.nextLong(),
                        deploy, progress.exitCode()))
                .result();
        heartbeats.forget(project, environment, deploy, now.minus(Duration.ofDays(1)));
        if (result instanceof DeployResult.Unknown) {
            throw Refusal.notFound("No deploy %s runs in %s/%s. It ended, or its heartbeats stopped."
                    .formatted(deploy, project, environment));
        }
    }

    @PostMapping("/deploys/{deploy}/approve")
    @Operation(summary = "Approve a deploy that was asked for", description = "Counts for every question about the same scripts and rows. Who asked does not approve. With a comment, or without a body.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = ActionComment.class))))
    @ApiResponse(responseCode = "200", description = "Approved", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "not-found: no such deploy was asked for lately", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "409", description = "own-deploy: another approver has to approve it", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    DeployRecord approve(
            @PathVariable String project, @PathVariable String environment, @PathVariable UUID deploy,
            @org.springframework.web.bind.annotation.RequestBody(required = false) byte @Nullable [] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller) {
        return approvals.approve(project, environment, deploy, caller.getName(), RequestFields.comment(body));
    }

    @GetMapping("/deploys")
    @Operation(summary = "List the deploys that were asked for", description = "The newest first, one page at a time.")
    @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true, headers = @Header(name = "Link", description = PageRequest.LINK, schema = @Schema(type = "string")))
    ResponseEntity<List<DeployRecord>> deploys(
            @PathVariable String project, @PathVariable String environment,
            @Parameter(description = PageRequest.AFTER) @RequestParam(required = false) @Nullable UUID after,
            @Parameter(description = PageRequest.LIMIT) @RequestParam(required = false) @Nullable String limit,
            HttpServletRequest request) {
        if (!environments.environments(project).contains(environment)) {
            throw NotFound.environment(project, environment, environments);
        }
        PageRequest page = PageRequest.read(null, limit);
        return page.answer(deploys.deploys(project, environment, after, page.limit()),
                it -> it.deploy().toString(), request);
    }

    /** Who asks, if they may. */
    private Asking asking(
            String project, String environment, byte[] json, @Nullable Caller caller, HttpServletRequest request) {
        AgentProof proof = AgentProof.of(request);
        if (proof != null) {
            if (keys.check(proof, Purpose.GATE, Sha256.hex(json), project,
                    environment) instanceof AgentKeys.Check.Refused refused) {
                throw new Refusal(Refusal.problem(HttpStatus.FORBIDDEN, refused.code(), refused.detail(), null));
            }
            return new Asking(keys.name(proof.signature().key()), Asker.AGENT, new DeployRequest.Caller(null, false));
        }
        return asking(project, environment, Objects.requireNonNull(caller));
    }

    private static Asking asking(String project, String environment, Caller known) {
        return switch (known) {
            case Caller.LocalAdministrator it ->
                new Asking(it.getName(), Asker.PERSON, new DeployRequest.Caller(Role.ADMINISTRATOR, false));
            case Caller.Pipeline it -> {
                it.sendsFor(project, environment);
                yield new Asking(it.getName(), Asker.PIPELINE, new DeployRequest.Caller(null, true));
            }
            case Caller.Person it -> Stream.of(Role.ADMINISTRATOR, Role.APPROVER, Role.VIEWER)
                    .filter(role -> it.may(role, project)).findFirst()
                    .map(role -> new Asking(it.getName(), Asker.PERSON, new DeployRequest.Caller(role, false)))
                    // The token of a program.
                    .orElseGet(() -> new Asking(it.getName(), Asker.AGENT, new DeployRequest.Caller(null, false)));
        };
    }
}
