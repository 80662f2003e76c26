package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.view.EnvironmentFacts.Agent;
import dev.migrationledger.ledger.view.EnvironmentFacts.Heads;
import dev.migrationledger.ledger.view.EnvironmentFacts.Source;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adds scans of scripts, by agent and source. */
final class SourcesFold {

    /** So many of agents that also see the database, and as many of those that do not. */
    private static final int LATEST = 10;

    private final EnvironmentView before;
    private final AgentsFold agents;
    private final Consumer<AppliedScan> scans;
    private final NavigableMap<String, SourceScripts> scripts;
    private final NavigableMap<String, Source> sources;

    /** @param scans receives each scan that could be applied */
    SourcesFold(EnvironmentView before, AgentsFold agents, Consumer<AppliedScan> scans) {
        this.before = before;
        this.agents = agents;
        this.scans = scans;
        this.scripts = new TreeMap<>(before.scripts());
        this.sources = new TreeMap<>(before.facts().sources());
    }

    NavigableMap<String, SourceScripts> scripts() {
        return Collections.unmodifiableNavigableMap(scripts);
    }

    NavigableMap<String, Source> sources() {
        return Collections.unmodifiableNavigableMap(sources);
    }

    /** The revisions of the scripts that count. */
    RevisionGraph graph() {
        return EnvironmentFacts.counting(sources.values(), agents.agents())
                .map(it -> scripts.getOrDefault(EnvironmentFacts.key(it.agent(), it.source()), SourceScripts.NONE))
                .orElse(SourceScripts.NONE)
                .graph();
    }

    /**
     * A difference is one from the agent's last scan, which may be of another source. If that was forgotten, the scripts are unknown until
     * they are published whole.
     *
     * @param event number of the scan among the environment's events
     */
    void scanned(ScriptsScanned scan, Origin origin, long event) {
        String key = EnvironmentFacts.key(origin.agent(), scan.source());
        SourceScripts base = scan.base() == null
                ? SourceScripts.NONE
                : base(origin.agent(), key, scan.form(), scan.base());
        if (base != null) {
            Source known = sources.get(key);
            SourceScripts had = scripts.getOrDefault(key, SourceScripts.NONE);
            SourceScripts has = base.after(scan);
            scripts.put(key, has);
            scans.accept(new AppliedScan(before.project(), before.environment(), origin.agent(), scan.source(),
                    origin.observedAt(), had, has));
            sources.put(key, new Source(origin.agent(), scan.source(), scan.form(), scan.digest(), scan.problems(),
                    scan.tool(), null,
                    known == null ? origin.observedAt() : known.firstSeen(), origin.observedAt(), event));
            forgetOldest();
        }
    }

    private @Nullable SourceScripts base(String agent, String key, int form, String digest) {
        return sources.values().stream()
                .filter(source -> source.agent().equals(agent) && source.form() == form
                        && source.digest().equals(digest))
                .findFirst()
                .map(source -> scripts.get(EnvironmentFacts.key(agent, source.source())))
                .orElseGet(() -> scripts.get(key));
    }

    void headsDetected(HeadDetected heads, String agent) {
        latestOf(agent).ifPresent(it -> sources.put(EnvironmentFacts.key(agent, it.source()),
                it.detected(new Heads(heads.heads(), heads.realHeads()))));
    }

    void forgetOldest() {
        forgetOldest(source -> EnvironmentFacts.seesTable(source, agents.agents()));
        forgetOldest(source -> !EnvironmentFacts.seesTable(source, agents.agents()));
    }

    /** Pipelines publish a source for each commit. A source that an agent watches is not forgotten. */
    private void forgetOldest(Predicate<Source> which) {
        List<String> forgotten = sources.values().stream()
                .filter(which)
                .sorted(Comparator.comparingLong(Source::event).reversed())
                .skip(LATEST)
                .filter(source -> !isWatched(source))
                .map(source -> EnvironmentFacts.key(source.agent(), source.source()))
                .toList();
        forgotten.forEach(sources::remove);
        forgotten.forEach(scripts::remove);
    }

    private Optional<Source> latestOf(String agent) {
        return EnvironmentFacts.latestOf(agent, sources.values());
    }

    private boolean isWatched(Source source) {
        Agent agent = agents.find(source.agent());
        return agent != null && agent.watching()
                && latestOf(source.agent()).filter(source::equals).isPresent();
    }
}
