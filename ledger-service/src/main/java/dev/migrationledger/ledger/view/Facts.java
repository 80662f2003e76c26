package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.Standing;
import dev.migrationledger.contracts.event.VersionTable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the events of an environment said, apart from the scripts. Stored as JSON; its maps are sorted, so that equal facts
 * are equal bytes.
 *
 * @param events how many events these facts come from
 * @param recordedAt of the last of them
 * @param labels as the operator gave them last
 * @param labelledBy the agent that they came with
 * @param agents by name
 * @param scriptsOf the agent whose scan was recorded last: its scripts are the environment's
 * @param witnessed by revision: what was seen to run or to be stamped and was not seen to be undone
 * @param runs by id: what runs of migration commands said of themselves, as far as somebody may still ask for them
 */
record Facts(
        long events,
        @Nullable Instant recordedAt,
        NavigableMap<String, String> labels,
        @Nullable String labelledBy,
        NavigableMap<String, Agent> agents,
        @Nullable String scriptsOf,
        NavigableMap<String, Witness> witnessed,
        NavigableMap<String, Run> runs) {

    static final Facts NONE = new Facts(0, null, sorted(Map.of()), null, sorted(Map.of()), null, sorted(Map.of()),
            sorted(Map.of()));

    Facts {
        labels = sorted(labels);
        agents = sorted(agents);
        witnessed = sorted(witnessed);
        // Facts that were stored before runs were known have none.
        runs = runs == null ? sorted(Map.of()) : sorted(runs);
    }

    private static <V> NavigableMap<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableNavigableMap(new TreeMap<>(map));
    }

    /**
     * What one agent said last.
     *
     * @param epoch the one that was heard of last; its sequence is the one that counts
     * @param observedAt by the agent's clock
     */
    record Agent(
            UUID epoch,
            long lastSequence,
            boolean watching,
            Instant observedAt,
            @Nullable TableSeen table,
            @Nullable Scan scan,
            @Nullable Heads heads) {

        Agent seen(TableSeen newTable) {
            return new Agent(epoch, lastSequence, watching, observedAt, newTable, scan, heads);
        }

        Agent stopped() {
            return new Agent(epoch, lastSequence, false, observedAt, table, scan, heads);
        }

        /** A new scan makes what was said about heads before it obsolete. */
        Agent scanned(Scan newScan) {
            return new Agent(epoch, lastSequence, watching, observedAt, table, newScan, null);
        }

        Agent detected(Heads newHeads) {
            return new Agent(epoch, lastSequence, watching, observedAt, table, scan, newHeads);
        }
    }

    /** @param event its number among the environment's events, from 1: of two looks at one moment the later recorded counts */
    record TableSeen(VersionTable table, Instant observedAt, long event) {}

    record Scan(String source, List<Finding> problems) {}

    record Heads(List<String> heads, List<String> realHeads) {}

    /** @param agent that saw it */
    record Witness(Standing standing, String agent) {}
}
