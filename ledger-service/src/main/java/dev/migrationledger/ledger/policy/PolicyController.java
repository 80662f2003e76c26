package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.policy.PolicyRefusal;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.policy.PolicyDecisions.Applied;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/projects/{project}/policy")
@Tag(name = "Policy", description = "What a project demands of deploys")
final class PolicyController {

    private static final Logger log = LoggerFactory.getLogger(PolicyController.class);

    private static final Decider<ApplyPolicy, ProjectState, Applied> APPLY = Decider.of(ProjectState.DEFINITION,
            PolicyDecisions::apply);

    private static final Pattern TAG = Pattern.compile("\"(\\d{1,9})\"");

    private final Recorder recorder;
    private final PolicyView policies;
    private final EnvironmentViews environments;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    PolicyController(Recorder recorder, PolicyView policies, EnvironmentViews environments, Clock clock) {
        this.recorder = recorder;
        this.policies = policies;
        this.environments = environments;
        this.clock = clock;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Show the policy of a project", description = "Version 0 has no text: the defaults count. The entity tag is the version in quotes.")
    ResponseEntity<ProjectPolicy> show(@PathVariable String project) {
        existing(project);
        return tagged(policies.of(project));
    }

    @PutMapping(consumes = PolicyUpload.YAML)
    @Operation(summary = "Apply a policy", description = "The file replaces the policy before it. It is refused with all of its mistakes, or applied as a whole. With If-Match, only in place of the version with this entity tag.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = PolicyUpload.YAML, schema = @Schema(type = "string"))))
    @ApiResponse(responseCode = "200", description = "What counts now", content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = ProjectPolicy.class)))
    @ApiResponse(responseCode = "422", description = "The file has mistakes", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = PolicyRefusal.class)))
    @ApiResponse(responseCode = "412", description = "policy-changed", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    ResponseEntity<?> apply(
            @PathVariable String project, @RequestBody byte[] file,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String replaces,
            @AuthenticationPrincipal Principal caller) {
        existing(project);
        Integer version = replaces == null ? null : version(replaces);
        PolicyUpload upload = PolicyUpload.of(file);
        if (upload.policy() == null) {
            return upload.refused();
        }
        Instant now = clock.instant();
        Decision<Applied> decision = recorder.decide(APPLY,
                new ApplyPolicy(project, EventIds.next(now, random), now, caller.getName(), upload.text(), version));
        if (!decision.result().applied()) {
            throw new Refusal(Refusal.problem(HttpStatus.PRECONDITION_FAILED, ProjectPolicy.CHANGED,
                    "Version %d counts, not version %d; nothing was changed. Look at it and apply again.".formatted(
                            decision.result().version(), version),
                    HttpHeaders.IF_MATCH));
        }
        if (!decision.events().isEmpty()) {
            log.atInfo().addKeyValue("project", project).addKeyValue("version", decision.result().version())
                    .log("policy applied");
        }
        return tagged(policies.of(project));
    }

    private static ResponseEntity<ProjectPolicy> tagged(ProjectPolicy policy) {
        return ResponseEntity.ok().eTag("\"%d\"".formatted(policy.version())).body(policy);
    }

    private static int version(String tag) {
        Matcher form = TAG.matcher(tag);
        if (!form.matches()) {
            throw Refusal.invalid(HttpHeaders.IF_MATCH,
                    "If-Match is not the entity tag of a policy; write its version in quotes, such as \"3\".");
        }
        return Integer.parseInt(form.group(1));
    }

    private void existing(String project) {
        if (environments.environments(project).isEmpty()) {
            throw NotFound.project(project, environments);
        }
    }
}
