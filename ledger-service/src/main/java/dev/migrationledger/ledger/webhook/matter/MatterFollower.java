package dev.migrationledger.ledger.webhook.matter;

import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.identity.agents.AgentsView;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.recording.store.PositionedEvent;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reports events to the webhooks that they concern. */
public final class MatterFollower {

    private final EventReports reports;
    private final EnvironmentViews environments;
    private final Supplier<Collection<Webhook>> webhooks;
    private final Matters matters;
    private final Clock clock;

    /** @param webhooks all that there are now */
    public MatterFollower(
            DivergenceViews divergences, Merges merges, AgentsView agents, EnvironmentViews environments,
            Supplier<Collection<Webhook>> webhooks, Matters matters, Clock clock) {
        this.reports = new EventReports(divergences, merges, agents);
        this.environments = environments;
        this.webhooks = webhooks;
        this.matters = matters;
        this.clock = clock;
    }

    /** Takes the next events of the log. */
    public void take(List<PositionedEvent> page) {
        List<MatterReport> all = page.stream().map(reports::of).flatMap(Optional::stream).toList();
        if (all.isEmpty()) {
            return;
        }
        Map<String, Map<String, String>> labels = new HashMap<>();
        for (Webhook webhook : webhooks.get()) {
            matters.take(webhook, all.stream().filter(report -> report.concerns(webhook,
                    webhook.labels().isEmpty()
                            ? Map.of()
                            : labels.computeIfAbsent(report.scope(), _ -> labels(report))))
                    .toList(),
                    clock.instant());
        }
    }

    private Map<String, String> labels(MatterReport report) {
        String environment = report.environment();
        return environment == null
                ? Map.of()
                : environments.find(report.project(), environment).map(EnvironmentView::labels).orElse(Map.of());
    }
}
