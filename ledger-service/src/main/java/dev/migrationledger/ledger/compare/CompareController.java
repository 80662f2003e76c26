package dev.migrationledger.ledger.compare;

import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Moment;
import dev.migrationledger.ledger.view.MomentParameter;
import dev.migrationledger.ledger.view.NotFound;
import dev.migrationledger.ledger.view.PastViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/projects", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Compare", description = "What differs between two environments of a project")
class CompareController {

    private final EnvironmentViews views;
    private final PastViews past;
    private final DivergenceViews divergences;

    CompareController(EnvironmentViews views, PastViews past, DivergenceViews divergences) {
        this.views = views;
        this.past = past;
        this.divergences = divergences;
    }

    @GetMapping("/{project}/compare")
    @Operation(summary = "Compare two environments", description = "Lists the revisions of the left alone, of the right alone and of both, with how each is known. Says how"
            + " the two are related, and lists their open divergences. A missing or empty version table counts as base: nothing is applied.")
    Comparison compare(
            @PathVariable String project,
            @Parameter(description = "The name of an environment") @RequestParam String left,
            @Parameter(description = "The name of another environment") @RequestParam String right,
            @Parameter(description = MomentParameter.AT) @RequestParam(required = false) @Nullable String at) {
        Moment moment = new Moment(MomentParameter.read("at", at), null);
        Map<String, EnvironmentView> found = past.findAll(project, List.of(left, right), moment);
        return EnvironmentComparison.of(side(project, left, found), side(project, right, found),
                divergences.openIn(project, List.of(left, right), moment.at()));
    }

    private EnvironmentView side(String project, String environment, Map<String, EnvironmentView> found) {
        EnvironmentView view = found.get(environment);
        if (view == null) {
            throw NotFound.environment(project, environment, views);
        }
        return view;
    }
}
