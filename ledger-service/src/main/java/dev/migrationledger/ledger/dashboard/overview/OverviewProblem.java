package dev.migrationledger.ledger.dashboard.overview;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.ledger.dashboard.DivergenceItem;
import dev.migrationledger.ledger.divergence.DivergenceViews.Worst;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, where, since when, and what to do.
 *
 * @param more in how many other environments of the project the same is found
 * @param command the first one of the plan; absent: someone has to decide first, as {@code advice} says
 * @param step where the command is one of several, or of one environment of several: which one; otherwise empty
 */
record OverviewProblem(
        String project, String environment, int more, DivergenceItem finding, @Nullable String command, String step,
        String advice) {

    /** The causes among what is found; what ends with them is left out. */
    static List<OverviewProblem> of(List<Worst> worst, int most, Instant now) {
        Map<String, List<Worst>> together = worst.stream().collect(Collectors.groupingBy(
                it -> it.first().project() + "/" + it.first().environment(), LinkedHashMap::new, Collectors.toList()));
        List<OverviewProblem> problems = together.values().stream()
                .flatMap(some -> DivergenceItem.of(some.stream().map(Worst::first).toList(), now).stream()
                        .map(item -> problem(some, item)))
                .sorted((one, other) -> Boolean.compare(other.isError(), one.isError()))
                .limit(most)
                .toList();
        return eachCommandOnce(problems);
    }

    /** What is found in one environment often has one plan. */
    private static List<OverviewProblem> eachCommandOnce(List<OverviewProblem> problems) {
        Set<List<String>> shown = new HashSet<>();
        List<OverviewProblem> once = new ArrayList<>();
        for (OverviewProblem it : problems) {
            once.add(it.command == null || shown.add(List.of(it.project, it.environment, it.command))
                    ? it
                    : new OverviewProblem(it.project, it.environment, it.more, it.finding, null, "",
                            "The plan above repairs this, too."));
        }
        return once;
    }

    private static OverviewProblem problem(List<Worst> some, DivergenceItem item) {
        Worst worst = some.stream().filter(it -> it.first().code().code().equals(item.code())).findFirst()
                .orElseThrow();
        Divergence first = worst.first();
        String command = item.plan().stream().map(DivergenceItem.Step::command).filter(Objects::nonNull).findFirst()
                .orElse(null);
        return new OverviewProblem(first.project(), first.environment(), worst.environments() - 1, item, command,
                command == null ? "" : step(item.plan().size(), worst),
                item.plan().isEmpty() ? "" : item.plan().getFirst().why());
    }

    private static String step(int steps, Worst worst) {
        return steps == 1 && worst.environments() == 1
                ? ""
                : "Step 1%s for %s%s".formatted(steps == 1 ? "" : " of " + steps, worst.first().environment(),
                        worst.environments() == 1 ? "" : "; each environment has a plan of its own");
    }

    private boolean isError() {
        return finding.tone().equals("bad");
    }
}
