package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.problem.RequestFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    private final Overrides overrides;

    OverrideController(Overrides overrides) {
        this.overrides = overrides;
    }

    @GetMapping
    @Operation(summary = "List the overrides of an environment", description = "The newest first, each with the deploys that were allowed by it alone.")
    List<GateOverride> list(@PathVariable String project, @PathVariable String environment) {
        return overrides.of(project, environment);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Let deploys run although reasons block them", description = "Needs a reason and an end, at most 7 days ahead. A deploy that already runs still holds up others.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = GateOverride.Opening.class))))
    @ApiResponse(responseCode = "201", description = "Open now", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "open-already, or review-due: what was deployed under the last one has to be reviewed first", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    GateOverride open(
            @PathVariable String project, @PathVariable String environment, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        return overrides.open(project, environment, RequestFields.read(body, GateOverride.Opening.class),
                caller.getName());
    }

    @PostMapping(path = "/{override}/close")
    @Operation(summary = "Close an override before its end", description = "With a comment, or without a body.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = ActionComment.class))))
    GateOverride close(
            @PathVariable String project, @PathVariable String environment, @PathVariable UUID override,
            @RequestBody(required = false) byte @Nullable [] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        return overrides.close(project, environment, override, caller.getName(), RequestFields.comment(body));
    }

    @PostMapping(path = "/{override}/review", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Say that a person looked at what was deployed under an override", description = "The next one can be opened only after that.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = GateOverride.Review.class))))
    @ApiResponse(responseCode = "200", description = "Reviewed", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "still-open: close it first", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    GateOverride review(
            @PathVariable String project, @PathVariable String environment, @PathVariable UUID override,
            @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        return overrides.review(project, environment, override,
                RequestFields.read(body, GateOverride.Review.class).remark(), caller.getName());
    }
}
