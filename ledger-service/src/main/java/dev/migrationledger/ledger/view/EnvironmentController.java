package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.EnvironmentSummary;
import dev.migrationledger.contracts.environment.ProjectSummary;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.problem.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
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
@RequestMapping(path = "/api/v1/projects", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Environments", description = "The state of each database, now and at any time in the past")
class EnvironmentController {

    private final EnvironmentViews views;
    private static final String RETIRED = "Whether to include retired environments";

    private final PastViews past;
    private final Liveness liveness;

    EnvironmentController(EnvironmentViews views, PastViews past, Liveness liveness) {
        this.views = views;
        this.past = past;
        this.liveness = liveness;
    }

    @GetMapping
    @Operation(summary = "List the projects", description = "Those that the caller may read, sorted by name, each with the number of its environments. A project whose environments are all retired is left out. One page at a time.")
    @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true, headers = @Header(name = "Link", description = PageRequest.LINK, schema = @Schema(type = "string")))
    ResponseEntity<List<ProjectSummary>> projects(
            @Parameter(description = PageRequest.AFTER) @RequestParam(required = false) @Nullable String after,
            @Parameter(description = PageRequest.LIMIT) @RequestParam(required = false) @Nullable String limit,
            @Parameter(description = RETIRED) @RequestParam(defaultValue = "false") boolean retired,
            @Parameter(hidden = true) @AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        PageRequest page = PageRequest.read(after, limit);
        return page.answer(
                views.projects(caller.scope(), page.after(), page.limit() + 1, retired), ProjectSummary::project,
                request);
    }

    @GetMapping("/{project}")
    @Operation(summary = "Show a project")
    ProjectSummary project(@PathVariable String project) {
        return views.project(project).orElseThrow(() -> NotFound.project(project, views));
    }

    @GetMapping("/{project}/environments")
    @Operation(summary = "List the environments of a project", description = "Sorted by name, without retired ones. One page at a time.")
    @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true, headers = @Header(name = "Link", description = PageRequest.LINK, schema = @Schema(type = "string")))
    ResponseEntity<List<EnvironmentSummary>> environments(
            @PathVariable String project,
            @Parameter(description = PageRequest.AFTER) @RequestParam(required = false) @Nullable String after,
            @Parameter(description = PageRequest.LIMIT) @RequestParam(required = false) @Nullable String limit,
            @Parameter(description = RETIRED) @RequestParam(defaultValue = "false") boolean retired,
            HttpServletRequest request) {
        PageRequest page = PageRequest.read(after, limit);
        List<EnvironmentListItem> lines = views.lines(project, page.after(), page.limit() + 1, retired);
        if (lines.isEmpty() && views.project(project).isEmpty()) {
            throw NotFound.project(project, views);
        }
        return page.answer(
                lines.stream().map(EnvironmentListItem::summary).toList(), EnvironmentSummary::environment, request);
    }

    @GetMapping("/{project}/environments/{environment}")
    @Operation(summary = "Show an environment, now or at an earlier time", description = "Without parameters: as it is now. Before its first event, nothing is known of an environment:"
            + " the answer has no version table, no revisions, no times and 0 events.")
    EnvironmentReport environment(
            @PathVariable String project,
            @PathVariable String environment,
            @Parameter(description = MomentParameter.AT) @RequestParam(required = false) @Nullable String at,
            @Parameter(description = MomentParameter.KNOWN_AT) @RequestParam(required = false) @Nullable String knownAt) {
        Moment moment = new Moment(MomentParameter.read("at", at), MomentParameter.read("knownAt", knownAt));
        EnvironmentView view = past.find(project, environment, moment)
                .orElseThrow(() -> NotFound.environment(project, environment, views));
        return moment.equals(Moment.NOW)
                ? view.report(
                        liveness.heartbeats(project, List.of(environment)).getOrDefault(environment, Map.of()),
                        liveness::isPresent)
                : view.report();
    }
}
