package dev.migrationledger.ledger.dashboard.comparison;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.core.comparison.ComparisonSentences;
import dev.migrationledger.ledger.compare.EnvironmentComparison;
import dev.migrationledger.ledger.dashboard.DivergenceItem;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.page.PageMoment;
import dev.migrationledger.ledger.schema.PastSchemas;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Moment;
import dev.migrationledger.ledger.view.NotFound;
import dev.migrationledger.ledger.view.PastViews;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private final PastViews past;
    private final PastSchemas schemas;
    private final DivergenceViews divergences;
    private final Clock clock;

    ComparisonPageController(
            EnvironmentViews views, PastViews past, PastSchemas schemas, DivergenceViews divergences, Clock clock) {
        this.views = views;
        this.past = past;
        this.schemas = schemas;
        this.divergences = divergences;
        this.clock = clock;
    }

    @GetMapping("/projects/{project}/compare")
    String compare(
            @PathVariable String project, @RequestParam(defaultValue = "") String left,
            @RequestParam(defaultValue = "") String right, @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String leftAt,
            @RequestParam(required = false) @Nullable String rightAt, Model model) {
        ChosenSides sides = ChosenSides.read(left, right, at, leftAt, rightAt);
        if (!sides.canonical()) {
            return "redirect:" + sides.address(project);
        }
        List<String> names = views.environments(project, MOST_NAMES);
        if (names.isEmpty() && views.environments(project).isEmpty()) {
            throw NotFound.project(project, views);
        }
        model.addAttribute("project", project);
        model.addAttribute("names", names);
        model.addAttribute("sides", sides);
        model.addAttribute("leftField", PageMoment.field(sides.leftAt()));
        model.addAttribute("rightField", PageMoment.field(sides.rightAt()));
        model.addAttribute("page", null);
        if (sides.isChosen()) {
            compare(project, sides, model);
        }
        return "compare";
    }

    private void compare(String project, ChosenSides sides, Model model) {
        Instant now = clock.instant();
        EnvironmentView left = view(project, sides.left(), sides.leftAt());
        EnvironmentView right = view(project, sides.right(), sides.rightAt());
        Comparison comparison = EnvironmentComparison.of(left, right, open(project, sides));
        ComparisonSentences words = new ComparisonSentences(comparison, sides.leftName(), sides.rightName());
        SchemaPart schema = SchemaPart.of(
                schemas.find(project, sides.left(), sides.leftAt(), null).orElse(null),
                schemas.find(project, sides.right(), sides.rightAt(), null).orElse(null), words);
        model.addAttribute("page", ComparisonPage.of(sides, comparison, words, schema, now));
        model.addAttribute("revisions", RevisionPart.of(comparison, left, right, now));
        model.addAttribute("schema", schema);
        model.addAttribute("findings", comparison.divergences().stream().limit(MOST_FINDINGS)
                .map(it -> new SideFinding(it.environment(), DivergenceItem.of(List.of(it), now).getFirst())).toList());
        model.addAttribute("moreFindings", Math.max(0, comparison.divergences().size() - MOST_FINDINGS));
    }

    /** A finding of a side. */
    record SideFinding(String environment, DivergenceItem item) {}

    private EnvironmentView view(String project, String environment, @Nullable Instant at) {
        return past.find(project, environment, new Moment(at, null))
                .orElseThrow(() -> NotFound.environment(project, environment, views));
    }

    /** What was open on each side at its moment; what both moments of one environment have is there once. */
    private List<Divergence> open(String project, ChosenSides sides) {
        if (Objects.equals(sides.leftAt(), sides.rightAt())) {
            return divergences.openIn(project, List.of(sides.left(), sides.right()), sides.leftAt());
        }
        List<Divergence> open = new ArrayList<>(
                divergences.openIn(project, List.of(sides.left()), sides.leftAt()));
        divergences.openIn(project, List.of(sides.right()), sides.rightAt()).stream()
                .filter(it -> open.stream().noneMatch(known -> known.id().equals(it.id()))).forEach(open::add);
        return open;
    }
}
