package dev.migrationledger.ledger.compare;

import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.ledger.view.MomentParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
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

    private static final String SIDE = " alone; it counts before 'at'";

    private final ComparisonReader reader;

    CompareController(ComparisonReader reader) {
        this.reader = reader;
    }

    @GetMapping("/{project}/compare")
    @Operation(summary = "Compare two environments, or two moments of one", description = "Lists the revisions of the left alone, of the right alone and of both, with how each is known. Says how"
            + " the two are related, and lists the divergences that were open. A missing or empty version table counts as base: nothing is applied.")
    Comparison compare(
            @PathVariable String project,
            @Parameter(description = "The name of an environment") @RequestParam String left,
            @Parameter(description = "The name of another environment, or the same one with another moment") @RequestParam String right,
            @Parameter(description = MomentParameter.AT) @RequestParam(required = false) @Nullable String at,
            @Parameter(description = "The moment of the left side"
                    + SIDE) @RequestParam(required = false) @Nullable String leftAt,
            @Parameter(description = "The moment of the right side"
                    + SIDE) @RequestParam(required = false) @Nullable String rightAt,
            @Parameter(description = MomentParameter.KNOWN_AT) @RequestParam(required = false) @Nullable String knownAt) {
        Instant both = MomentParameter.read("at", at);
        Instant ofLeft = MomentParameter.read("leftAt", leftAt);
        Instant known = MomentParameter.read("knownAt", knownAt);
        Instant ofRight = MomentParameter.read("rightAt", rightAt);
        return reader.compare(project, ComparedSide.of(left, ofLeft == null ? both : ofLeft, known),
                ComparedSide.of(right, ofRight == null ? both : ofRight, known)).comparison();
    }
}
