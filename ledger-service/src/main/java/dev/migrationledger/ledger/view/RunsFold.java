package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.AgentEvent.RunEnded;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.LedgerEvent.RunProved;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Adds runs of migration commands. */
final class RunsFold {

    private static final int LATEST = 20;

    private final NavigableMap<String, Run> runs;
    private final Supplier<Collection<RevisionStatus>> shown;

    /** @param shown what was observed: runs that account for it stay */
    RunsFold(Map<String, Run> before, Supplier<Collection<RevisionStatus>> shown) {
        this.runs = new TreeMap<>(before);
        this.shown = shown;
    }

    NavigableMap<String, Run> runs() {
        return Collections.unmodifiableNavigableMap(runs);
    }

    /** Runs are many: those that account for a status stay, and the latest, which may account for a later one. */
    void started(RunStarted run, Occurrence when) {
        runs.put(run.run().toString(), new Run(run.run(), run.claim(), null, when.at(), null, null));
        if (runs.size() > LATEST) {
            Collection<RevisionStatus> statuses = shown.get();
            runs.values().stream()
                    .filter(one -> !RunTimes.isNeeded(one, statuses))
                    .sorted(Comparator.comparing(Run::startedAt).thenComparing(Run::run).reversed())
                    .skip(LATEST)
                    .map(one -> one.run().toString())
                    .toList()
                    .forEach(runs::remove);
        }
    }

    void ended(RunEnded run, Occurrence when) {
        runs.computeIfPresent(run.run().toString(),
                (_, known) -> new Run(known.run(), known.claim(), known.provedBy(), known.startedAt(), when.at(),
                        run.exitCode()));
    }

    /** It follows the start in the same batch. If the run is reported again, the new report counts, with its own proof or none. */
    void proved(RunProved proof) {
        runs.computeIfPresent(proof.run().toString(),
                (_, known) -> new Run(known.run(), known.claim(), proof.pipeline(), known.startedAt(),
                        known.endedAt(), known.exitCode()));
    }
}
