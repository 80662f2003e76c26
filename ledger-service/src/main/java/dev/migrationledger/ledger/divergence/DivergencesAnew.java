package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.view.SideView;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Makes the view anew, one environment after the other. */
final class DivergencesAnew implements SideView.Anew {

    private final DivergenceViews views;
    private final Set<String> made = new HashSet<>();
    private final Map<UUID, Divergence> divergences = new TreeMap<>();
    private String project = "";
    private String environment = "";

    DivergencesAnew(DivergenceViews views) {
        this.views = views;
    }

    @Override
    public void begin(String nextProject, String nextEnvironment) {
        project = nextProject;
        environment = nextEnvironment;
        made.add(project + "/" + environment);
        divergences.clear();
    }

    @Override
    public void add(RecordedEvent event) {
        DivergenceFold.concerns(event)
                .ifPresent(id -> divergences.compute(id, (_, before) -> DivergenceFold.evolve(before, event)));
    }

    @Override
    public boolean differs() {
        return !views.rows(project, environment).equals(divergences);
    }

    @Override
    public void write() {
        views.delete(project, environment);
        divergences.values().forEach(views::write);
    }

    @Override
    public Set<String> strays(boolean write) {
        Set<String> strays = new TreeSet<>(views.environments());
        strays.removeAll(made);
        if (write) {
            for (String stray : strays) {
                String[] parts = stray.split("/", 2);
                views.delete(parts[0], parts[1]);
            }
        }
        return strays;
    }
}
