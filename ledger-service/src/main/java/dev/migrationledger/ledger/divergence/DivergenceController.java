package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.problem.PageRequest;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Divergences", description = "What is wrong with each environment, since when, and how to repair it")
class DivergenceController {

    private static final String WHICH = "The newest first, each with its evidence and its repair plan. Without filters, all that are open now. One page at a time.";

    private final DivergenceViews divergences;
    private final EnvironmentViews environments;

    DivergenceController(DivergenceViews divergences, EnvironmentViews environments) {
        this.divergences = divergences;
        this.environments = environments;
    }

    @GetMapping("/divergences")
    @Operation(summary = "List the divergences of all projects that the caller may read", description = WHICH)
    @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true, headers = @Header(name = "Link", description = PageRequest.LINK, schema = @Schema(type = "string")))
    ResponseEntity<List<Divergence>> all(
            @Parameter(description = FilterParameters.CODE) @RequestParam(required = false) @Nullable List<String> code,
            @Parameter(description = FilterParameters.SEVERITY) @RequestParam(required = false) @Nullable List<String> severity,
            @Parameter(description = FilterParameters.STATE) @RequestParam(required = false) @Nullable String state,
            @Parameter(description = FilterParameters.SINCE) @RequestParam(required = false) @Nullable String since,
            @Parameter(description = FilterParameters.UNTIL) @RequestParam(required = false) @Nullable String until,
            @Parameter(description = PageRequest.AFTER) @RequestParam(required = false) @Nullable String after,
            @Parameter(description = PageRequest.LIMIT) @RequestParam(required = false) @Nullable String limit,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        return page(FilterParameters.read(null, null, code, severity, state, since, until, after, limit),
                caller.scope(), request);
    }

    @GetMapping("/projects/{project}/divergences")
    @Operation(summary = "List the divergences of a project", description = WHICH)
    @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true, headers = @Header(name = "Link", description = PageRequest.LINK, schema = @Schema(type = "string")))
    ResponseEntity<List<Divergence>> ofProject(
            @PathVariable String project,
            @Parameter(description = "Only those of this environment") @RequestParam(required = false) @Nullable String environment,
            @Parameter(description = FilterParameters.CODE) @RequestParam(required = false) @Nullable List<String> code,
            @Parameter(description = FilterParameters.SEVERITY) @RequestParam(required = false) @Nullable List<String> severity,
            @Parameter(description = FilterParameters.STATE) @RequestParam(required = false) @Nullable String state,
            @Parameter(description = FilterParameters.SINCE) @RequestParam(required = false) @Nullable String since,
            @Parameter(description = FilterParameters.UNTIL) @RequestParam(required = false) @Nullable String until,
            @Parameter(description = PageRequest.AFTER) @RequestParam(required = false) @Nullable String after,
            @Parameter(description = PageRequest.LIMIT) @RequestParam(required = false) @Nullable String limit,
            HttpServletRequest request) {
        DivergenceFilter filter = FilterParameters
                .read(project, environment, code, severity, state, since, until, after, limit);
        ResponseEntity<List<Divergence>> page = page(filter, ProjectScope.ALL, request);
        if (List.of().equals(page.getBody())) {
            known(project, filter.environment());
        }
        return page;
    }

    private ResponseEntity<List<Divergence>> page(
            DivergenceFilter filter, ProjectScope scope, HttpServletRequest request) {
        PageRequest page = new PageRequest("", filter.limit());
        return page.answer(divergences.find(filter, scope), one -> one.id().toString(), request);
    }

    /** No divergence is good news only where there is such an environment. */
    private void known(String project, @Nullable String environment) {
        List<String> there = environments.environments(project);
        if (there.isEmpty()) {
            throw NotFound.project(project, environments);
        }
        if (environment != null && !there.contains(environment)) {
            throw NotFound.environment(project, environment, environments);
        }
    }
}
