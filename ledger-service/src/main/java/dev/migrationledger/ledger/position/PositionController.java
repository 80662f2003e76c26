package dev.migrationledger.ledger.position;

import dev.migrationledger.contracts.environment.PhysicalRevisions.Physical;
import dev.migrationledger.contracts.environment.PhysicalRevisions;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.history.RevisionFootprint;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/projects/{project}", produces = MediaType.APPLICATION_JSON_VALUE)
class PositionController {

    private final DeployedScripts scripts;
    private final EnvironmentViews environments;

    PositionController(DeployedScripts scripts, EnvironmentViews environments) {
        this.scripts = scripts;
        this.environments = environments;
    }

    @GetMapping("/environments/{environment}/physical")
    @Tag(name = "Environments")
    @Operation(summary = "Say which revisions the schema of an environment matches", description = "Worked out from the schema and the scripts as agents reported them last, by the rules of `doctor`. A long history takes seconds.")
    PhysicalRevisions physical(@PathVariable String project, @PathVariable String environment) {
        EnvironmentView view = environments.find(project, environment)
                .orElseThrow(() -> NotFound.environment(project, environment, environments));
        return new PhysicalRevisions(project, environment, view.versionTable().map(VersionTable::rows).orElse(null),
                scripts.physical(project, environment).map(PositionController::physical).orElse(null));
    }

    private static Physical physical(PhysicalState state) {
        return new Physical(state.exact(), state.complete() && state.candidates().size() <= PhysicalRevisions.MOST,
                some(state.candidates()), some(state.nearest()), some(state.doubts()));
    }

    private static <T> List<T> some(List<T> all) {
        return all.stream().limit(PhysicalRevisions.MOST).toList();
    }

    @GetMapping("/history/{revision}/footprint")
    @Tag(name = "History")
    @Operation(summary = "Show what a revision does", description = "As the scripts of an environment have it that were reported last, read without running them.")
    @ApiResponse(responseCode = "404", description = "not-found: no environment has the revision in its scripts, or no agent has read what it does", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    RevisionFootprint footprint(@PathVariable String project, @PathVariable String revision) {
        return scripts.environments(project).byName().values().stream()
                .filter(it -> it.graph().contains(revision))
                .flatMap(it -> scripts.scripts(project, it.name()).map(DeployedScripts.Scripts::scripts)
                        .flatMap(seen -> footprint(project, revision, it.name(), seen)).stream())
                .findFirst()
                .orElseThrow(() -> environments.environments(project).isEmpty()
                        ? NotFound.project(project, environments)
                        : Refusal.notFound(
                                "No environment of '%s' has a script of revision '%s' that an agent could read. Look for the revision in the history."
                                        .formatted(project, NotFound.shortened(revision))));
    }

    private static Optional<RevisionFootprint> footprint(
            String project, String revision, String environment, ScriptsSeen seen) {
        return Optional.ofNullable(seen.footprints().get(revision))
                .map(found -> new RevisionFootprint(project, revision, environment, seen.source(), found));
    }
}
