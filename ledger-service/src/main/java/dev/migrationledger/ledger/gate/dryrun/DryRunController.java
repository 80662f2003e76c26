package dev.migrationledger.ledger.gate.dryrun;

import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.PolicyRefusal;
import dev.migrationledger.ledger.gate.DeploysView;
import dev.migrationledger.ledger.policy.PolicyUpload;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    /** More are not judged at once: each is read whole. */
    private static final int MOST = 5_000;

    private static final int DEFAULT_DAYS = 7;

    private final DeploysView deploys;
    private final EnvironmentViews environments;
    private final Clock clock;

    DryRunController(DeploysView deploys, EnvironmentViews environments, Clock clock) {
        this.deploys = deploys;
        this.environments = environments;
        this.clock = clock;
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
        Duration back = Duration.ofDays(days == null ? DEFAULT_DAYS : days(days));
        PolicyUpload upload = PolicyUpload.of(file);
        Policy policy = upload.policy();
        if (policy == null) {
            return upload.refused();
        }
        Instant from = clock.instant().minus(back);
        List<DeployRecord> found = deploys.deploys(project, from, MOST);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(PolicyReplay.of(project, policy,
                found.size() < MOST ? from : found.getLast().decidedAt(), found, deploys.overrides(project)));
    }

    private static int days(String text) {
        int days = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
        if (days < 1 || days > PolicyDryRun.LONGEST_DAYS) {
            throw Refusal.invalid("days", "'%s' is not a number of days; write 1 to %d.".formatted(text,
                    PolicyDryRun.LONGEST_DAYS));
        }
        return days;
    }
}
