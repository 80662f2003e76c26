package dev.migrationledger.ledger.dashboard.comparison;

import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.core.comparison.ComparisonSentences;
import dev.migrationledger.ledger.compare.ComparedSide;
import dev.migrationledger.ledger.compare.ComparisonReader;
import dev.migrationledger.ledger.dashboard.DivergenceItem;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageMoment;
import dev.migrationledger.ledger.schema.PastSchemas;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page that puts two environments side by side, or two moments of one. */
@Controller
@Hidden
class ComparisonPageController {

    private static final int MOST_NAMES = 200;
    private static final int MOST_FINDINGS = 20;

    private final EnvironmentViews views;
    private final PastSchemas schemas;
    private final ComparisonReader reader;
    private final Clock clock;

    ComparisonPageController(
            EnvironmentViews views, PastSchemas schemas, ComparisonReader reader, Clock clock) {
        this.views = views;
        this.schemas = schemas;
        this.reader = reader;
        this.clock = clock;
    }

    @GetMapping("/projects/{project}/compare")
    String compare(
            @PathVariable String project, @RequestParam(defaultValue = "") String left,
            @RequestParam(defaultValue = "") String right, @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String leftAt,
            @RequestParam(required = false) @Nullable String rightAt,
            @RequestParam(required = false) @Nullable String knownAt,
            @RequestParam(name = "revisions", defaultValue = "0") int skippedRevisions,
            @RequestParam(name = "objects", defaultValue = "0") int skippedObjects, Model model) {
        ChosenSides sides = ChosenSides.read(left, right, at, leftAt, rightAt, knownAt);
        if (!sides.canonical()) {
            return "redirect:" + sides.address(project);
        }
        List<String> names = views.environments(project, MOST_NAMES);
        if (names.isEmpty() && views.environments(project).isEmpty()) {
            throw NotFound.project(project, views);
        }
        Optional<ChosenSides> usual = sides.completed(names);
        if (usual.isPresent()) {
            return "redirect:" + usual.get().address(project);
        }
        model.addAttribute("project", project);
        model.addAttribute("names", names);
        model.addAttribute("sides", sides);
        model.addAttribute("leftField", PageMoment.field(sides.leftAt()));
        model.addAttribute("rightField", PageMoment.field(sides.rightAt()));
        model.addAttribute("page", null);
        if (sides.isChosen()) {
            compare(project, sides, skippedRevisions, skippedObjects, model);
        }
        return "compare";
    }

    private void compare(
            String project, ChosenSides sides, int skippedRevisions, int skippedObjects, Model model) {
        Instant now = clock.instant();
        String here = sides.address(project);
        ComparisonReader.Compared compared = reader.compare(project,
                ComparedSide.of(sides.left(), sides.leftAt(), sides.knownAt()),
                ComparedSide.of(sides.right(), sides.rightAt(), sides.knownAt()));
        Comparison comparison = compared.comparison();
        ComparisonSentences words = new ComparisonSentences(comparison, sides.leftName(), sides.rightName());
        SchemaPart schema = SchemaPart.of(
                schemas.find(project, sides.left(), sides.leftAt(), sides.knownAt()).orElse(null),
                schemas.find(project, sides.right(), sides.rightAt(), sides.knownAt()).orElse(null), words,
                skippedObjects, behind -> PageAddress.of(here, "objects", behind == 0 ? null : behind) + "#schema");
        model.addAttribute("page", ComparisonPage.of(sides, comparison, words, schema, now));
        model.addAttribute("revisions", RevisionPart.of(comparison, compared.left(), compared.right(),
                skippedRevisions,
                behind -> PageAddress.of(here, "revisions", behind == 0 ? null : behind) + "#revisions", now));
        model.addAttribute("schema", schema);
        model.addAttribute("findings", comparison.divergences().stream().limit(MOST_FINDINGS)
                .map(it -> new SideFinding(it.environment(), DivergenceItem.of(List.of(it), now).getFirst())).toList());
        model.addAttribute("allFindings", comparison.divergences().size());
    }

    /** A finding of a side. */
    record SideFinding(String environment, DivergenceItem item) {}
}
