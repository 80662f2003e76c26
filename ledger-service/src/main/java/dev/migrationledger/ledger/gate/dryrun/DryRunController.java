package dev.migrationledger.ledger.gate.dryrun;

import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.PolicyRefusal;
import dev.migrationledger.ledger.policy.PolicyUpload;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/projects/{project}/policy/dry-run")
@Tag(name = "Policy")
final class DryRunController {

    private final DryRuns dryRuns;
    private final EnvironmentViews environments;

    DryRunController(DryRuns dryRuns, EnvironmentViews environments) {
        this.dryRuns = dryRuns;
        this.environments = environments;
    }

    @PostMapping(consumes = PolicyUpload.YAML)
    @Operation(summary = "Say what deploys of the past would have got under a policy", description = "Each deploy of the last days is judged again, as things were then. Nothing is recorded.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = PolicyUpload.YAML, schema = @Schema(type = "string"))))
    @ApiResponse(responseCode = "200", description = "How the answers would have changed", content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = PolicyDryRun.class)))
    @ApiResponse(responseCode = "422", description = "The file has mistakes", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = PolicyRefusal.class)))
    ResponseEntity<?> dryRun(
            @PathVariable String project, @RequestBody byte[] file,
            @Parameter(description = "How many days back, 1 to 90; 7 if left out") @RequestParam(required = false) @Nullable String days) {
        if (environments.environments(project).isEmpty()) {
            throw NotFound.project(project, environments);
        }
        int back = days == null ? DryRuns.USUAL_DAYS : DryRuns.days(days);
        PolicyUpload upload = PolicyUpload.of(file);
        Policy policy = upload.policy();
        return policy == null
                ? upload.refused()
                : ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON)
                        .body(dryRuns.of(project, policy, back));
    }
}
