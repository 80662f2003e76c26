package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.gate.DeployCommand.CloseOverride;
import dev.migrationledger.ledger.gate.DeployCommand.OpenOverride;
import dev.migrationledger.ledger.gate.DeployCommand.ReviewOverride;
import dev.migrationledger.ledger.gate.DeployResult.*;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/projects/{project}/environments/{environment}/overrides", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Gate")
final class OverrideController {

    private static final Logger log = LoggerFactory.getLogger(OverrideController.class);

    /** An emergency is over by then; what takes longer belongs into the policy or the baseline. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final int LONGEST_TEXT = 1_000;

    private final Recorder recorder;
    private final DeploysView deploys;
    private final EnvironmentViews environments;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    OverrideController(Recorder recorder, DeploysView deploys, EnvironmentViews environments, Clock clock) {
        this.recorder = recorder;
        this.deploys = deploys;
        this.environments = environments;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "List the overrides of an environment", description = "The newest first, each with the deploys that were allowed by it alone.")
    List<GateOverride> list(@PathVariable String project, @PathVariable String environment) {
        existing(project, environment);
        return deploys.overrides(project, environment);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Let deploys run although reasons block them", description = "Needs a reason and an end, at most 7 days ahead. A deploy that already runs still holds up others.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = GateOverride.Opening.class))))
    @ApiResponse(responseCode = "201", description = "Open now", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "open-already, or review-due: what was deployed under the last one has to be reviewed first", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    GateOverride open(
            @PathVariable String project, @PathVariable String environment, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        existing(project, environment);
        GateOverride.Opening opening = RequestFields.read(body, GateOverride.Opening.class);
        Instant now = clock.instant();
        String reason = RequestFields.text("reason", opening.reason(), LONGEST_TEXT);
        if (!opening.until().isAfter(now)) {
            throw Refusal.invalid("until", "'%s' is over; write a time in the future, such as %s.".formatted(
                    opening.until(), now.plus(Duration.ofHours(1))));
        }
        if (opening.until().isAfter(now.plus(LONGEST))) {
            throw Refusal.invalid("until", "'%s' is more than 7 days ahead; write at most %s.".formatted(
                    opening.until(), now.plus(LONGEST)));
        }
        return switch (decide(new OpenOverride(project, environment, now, random.nextLong(), caller.getName(), reason,
                opening.until()))) {
            case Opened opened -> {
                log.atWarn().addKeyValue("project", project).addKeyValue("environment", environment)
                        .addKeyValue("by", caller.getName()).addKeyValue("until", opening.until())
                        .log("opened an override of the gate");
                yield found(project, environment, opened.override().override());
            }
            case OpenAlready it -> throw Refusal.conflict("open-already",
                    "%s opened an override until %s. Close it first.".formatted(it.by(), it.until()));
            case ReviewDue it -> throw Refusal.conflict("review-due",
                    "Deploys ran under the last override, which %s opened. Review them first.".formatted(it.by()));
            case Answered _,Done _,Unknown _,OwnDeploy _,StillOpen _ -> throw new IllegalStateException();
        };
    }

    @PostMapping(path = "/{override}/close")
    @Operation(summary = "Close an override before its end")
    GateOverride close(
            @PathVariable String project, @PathVariable String environment, @PathVariable UUID override,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        existing(project, environment);
        known(project, environment, override, decide(new CloseOverride(project, environment, clock.instant(),
                random.nextLong(), override, caller.getName())));
        return found(project, environment, override);
    }

    @PostMapping(path = "/{override}/review", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Say that a person looked at what was deployed under an override", description = "The next one can be opened only after that.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = GateOverride.Review.class))))
    @ApiResponse(responseCode = "200", description = "Reviewed", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "still-open: close it first", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    GateOverride review(
            @PathVariable String project, @PathVariable String environment, @PathVariable UUID override,
            @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        existing(project, environment);
        GateOverride.Review review = RequestFields.read(body, GateOverride.Review.class);
        DeployResult result = decide(new ReviewOverride(project, environment, clock.instant(), random.nextLong(),
                override, caller.getName(), RequestFields.text("remark", review.remark(), LONGEST_TEXT)));
        if (result instanceof StillOpen(Instant until)) {
            throw Refusal.conflict("still-open", "The override is open until %s. Close it first.".formatted(until));
        }
        known(project, environment, override, result);
        return found(project, environment, override);
    }

    private DeployResult decide(DeployCommand command) {
        return recorder.decide(DeployDecisions.DECIDER, command).result();
    }

    private void existing(String project, String environment) {
        if (!environments.environments(project).contains(environment)) {
            throw NotFound.environment(project, environment, environments);
        }
    }

    private void known(String project, String environment, UUID override, DeployResult result) {
        if (result instanceof Unknown) {
            throw Refusal.notFound(deploys.override(project, environment, override)
                    .map(_ -> "The override %s was reviewed, or is not the last one.".formatted(override))
                    .orElse("%s/%s has no override %s.".formatted(project, environment, override)));
        }
    }

    private GateOverride found(String project, String environment, UUID override) {
        return deploys.override(project, environment, override).orElseThrow();
    }
}
