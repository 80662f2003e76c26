package dev.migrationledger.ledger.evidence;

import dev.migrationledger.contracts.identity.SignatureReport;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/projects", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Evidence", description = "What proves who sent events")
final class SignaturesController {

    private final KeptSignatures signatures;
    private final EnvironmentViews views;

    SignaturesController(KeptSignatures signatures, EnvironmentViews views) {
        this.signatures = signatures;
        this.views = views;
    }

    @GetMapping("/{project}/environments/{environment}/signatures")
    @Operation(summary = "Check the signatures of an environment's events", description = "Reads all events of the environment, and checks the signature that is kept of each batch with the key that was"
            + " enrolled. Says which events are verified, which are not, and which are not signed.")
    SignatureReport signatures(@PathVariable String project, @PathVariable String environment) {
        if (views.find(project, environment).isEmpty()) {
            throw NotFound.environment(project, environment, views);
        }
        return signatures.report(project, environment);
    }
}
