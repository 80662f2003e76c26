package dev.migrationledger.ledger.policy.baseline;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceGranted;
import dev.migrationledger.contracts.policy.Baseline.Entry;
import dev.migrationledger.contracts.policy.Baseline.Status;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.policy.baseline.BaselineView.Acceptance;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What projects accept, next to what is open in their environments now. */
public final class Baselines {

    private final BaselineView view;
    private final DivergenceViews divergences;
    private final Clock clock;

    public Baselines(BaselineView view, DivergenceViews divergences, Clock clock) {
        this.view = view;
        this.divergences = divergences;
        this.clock = clock;
    }

    /** All that a project accepts. */
    public Baseline of(String project) {
        return baseline(project, view.of(project), clock.instant());
    }

    /** Likewise in one of its environments. */
    public Baseline of(String project, String environment) {
        return baseline(project, view.of(project, environment), clock.instant());
    }

    /** Likewise only these acceptances. */
    public Baseline of(String project, Set<UUID> acceptances) {
        return baseline(project,
                view.of(project).stream().filter(one -> acceptances.contains(one.granted().acceptance())).toList(),
                clock.instant());
    }

    /** By project that has some, the findings that are open although their acceptance ended. */
    public List<Baseline> ended(ProjectScope scope) {
        Instant now = clock.instant();
        List<Baseline> ended = new ArrayList<>();
        view.ended(scope, now).forEach((project, acceptances) -> {
            List<Entry> open = baseline(project, acceptances, now).findings().stream()
                    .filter(one -> one.status() == Status.ENDED).toList();
            if (!open.isEmpty()) {
                ended.add(new Baseline(project, open));
            }
        });
        return ended;
    }

    private Baseline baseline(String project, List<Acceptance> acceptances, Instant now) {
        List<String> environments = acceptances.stream().map(one -> one.granted().environment()).distinct().toList();
        List<Divergence> open = environments.isEmpty() ? List.of() : divergences.openIn(project, environments, null);
        return new Baseline(project, acceptances.stream()
                .map(one -> entry(one, open, now))
                .sorted(Comparator.comparing(Entry::environment).thenComparing(Entry::code)
                        .thenComparing(Entry::subject))
                .toList());
    }

    private static Entry entry(Acceptance one, List<Divergence> open, Instant now) {
        AcceptanceGranted granted = one.granted();
        Finding found = open.stream()
                .filter(it -> one.finding().isAbout(it.environment(), it.finding()))
                .map(Divergence::finding)
                .findFirst().orElse(null);
        return new Entry(granted.acceptance(), granted.environment(), granted.code(), granted.subject(),
                granted.severity(), granted.reason(), granted.owner(), granted.until(), granted.by(), one.at(),
                BaselineDecisions.status(one.finding(), found, now));
    }
}
