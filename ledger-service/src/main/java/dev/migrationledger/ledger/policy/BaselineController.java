package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.ledger.policy.baseline.Baselines;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.UUID;
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
@RequestMapping(path = "/api/v1/projects/{project}/policy/baseline", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Policy", description = "What a project demands of deploys")
final class BaselineController {

    private final Acceptances acceptances;
    private final Baselines baselines;
    private final EnvironmentViews environments;

    BaselineController(Acceptances acceptances, Baselines baselines, EnvironmentViews environments) {
        this.acceptances = acceptances;
        this.baselines = baselines;
        this.environments = environments;
    }

    @GetMapping
    @Operation(summary = "List the accepted findings of a project", description = "Each with what became of it: open, worse, ended or gone.")
    Baseline list(@PathVariable String project) {
        if (environments.environments(project).isEmpty()) {
            throw NotFound.project(project, environments);
        }
        return baselines.of(project);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Accept open findings of an environment", description = "As they are now, all of them or those with these codes and subjects. Graver findings and new evidence are not accepted by it.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Baseline.Acceptance.class))))
    @ApiResponse(responseCode = "200", description = "What the request accepted, now or before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "too-many-accepted", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    Baseline accept(@PathVariable String project, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        Baseline.Acceptance wanted = RequestFields.read(body, Baseline.Acceptance.class);
        return acceptances.accept(project, wanted, caller.getName());
    }

    @DeleteMapping("/{acceptance}")
    @Operation(summary = "Withdraw the acceptance of a finding", description = "From now on the finding is as if it had not been accepted.")
    ResponseEntity<Void> withdraw(@PathVariable String project, @PathVariable UUID acceptance,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        acceptances.withdraw(project, acceptance, caller.getName());
        return ResponseEntity.noContent().build();
    }
}
