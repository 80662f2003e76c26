package dev.migrationledger.ledger.compare;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.divergence.PastDivergences;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Moment;
import dev.migrationledger.ledger.view.NotFound;
import dev.migrationledger.ledger.view.PastViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads what two environments of a project, or two moments of one, are compared by. The page and the API answer from it. */
@Component
public final class ComparisonReader {

    private final EnvironmentViews views;
    private final PastViews past;
    private final DivergenceViews divergences;
    private final PastDivergences pastDivergences;

    ComparisonReader(
            EnvironmentViews views, PastViews past, DivergenceViews divergences, PastDivergences pastDivergences) {
        this.views = views;
        this.past = past;
        this.divergences = divergences;
        this.pastDivergences = pastDivergences;
    }

    /** Both sides as they were, and how they compare. */
    public record Compared(EnvironmentView left, EnvironmentView right, Comparison comparison) {}

    /**
     * Compares two sides.
     *
     * @throws Refusal with status 404 that names the environment, if the project has no environment of that name
     */
    public Compared compare(String project, ComparedSide left, ComparedSide right) {
        if (left.moment().equals(right.moment())) {
            // As of one moment: nothing is recorded between reading the one and the other.
            Map<String, EnvironmentView> found = past.findAll(project, List.of(left.environment(), right.environment()),
                    left.moment());
            return compared(view(project, left, found), view(project, right, found), left, right);
        }
        return compared(
                view(project, left, past.findAll(project, List.of(left.environment()), left.moment())),
                view(project, right, past.findAll(project, List.of(right.environment()), right.moment())), left, right);
    }

    private EnvironmentView view(String project, ComparedSide side, Map<String, EnvironmentView> found) {
        EnvironmentView view = found.get(side.environment());
        if (view == null) {
            throw NotFound.environment(project, side.environment(), views);
        }
        return view;
    }

    private Compared compared(EnvironmentView left, EnvironmentView right, ComparedSide leftSide,
            ComparedSide rightSide) {
        return new Compared(left, right,
                EnvironmentComparison.of(left, right, open(left, right, leftSide.moment(), rightSide.moment())));
    }

    /** What was open on each side at its moment; what both moments of one environment have is there once. */
    private List<Divergence> open(EnvironmentView left, EnvironmentView right, Moment ofLeft, Moment ofRight) {
        if (ofLeft.equals(Moment.NOW) && ofRight.equals(Moment.NOW)) {
            return divergences.openIn(left.project(), List.of(left.environment(), right.environment()), null);
        }
        List<Divergence> open = new ArrayList<>(pastDivergences.open(left, ofLeft));
        pastDivergences.open(right, ofRight).stream()
                .filter(it -> open.stream().noneMatch(known -> known.id().equals(it.id()))).forEach(open::add);
        return open;
    }
}
