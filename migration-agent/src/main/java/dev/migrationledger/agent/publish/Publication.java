package dev.migrationledger.agent.publish;

import dev.migrationledger.agent.cli.AgentVersion;
import dev.migrationledger.agent.send.Backoff;
import dev.migrationledger.agent.send.Sender;
import dev.migrationledger.agent.send.Sender.Outcome;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.spool.Memory;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsSource;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.wire.ContractJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Tells a ledger of scripts where nobody watches a database: what they are, and nothing of who runs. */
public final class Publication {

    private final Spool spool;
    private final Clock clock;
    private final Duration patience;

    /** @param patience how long the ledger may take */
    public Publication(Spool spool, Clock clock, Duration patience) {
        this.patience = patience;
        this.spool = spool;
        this.clock = clock;
    }

    /**
     * Records a scan and sends it.
     *
     * @return nothing is pending: the ledger has it; delayed: it waits in the spool, and why
     */
    public Outcome publish(
            LedgerClient ledger, MigrationTool tool, ScriptsLocation location, ScriptsSource source, History history)
            throws InterruptedException {
        Sender sender = new Sender(spool, ledger, new Backoff(new Random()));
        UUID recorded = record(tool, location, source, history);
        Outcome outcome = sender.drain(patience);
        if (!spool.epoch().equals(recorded)) {
            // The ledger was replaced: everything is published again.
            record(tool, location, source, history);
            outcome = sender.drain(patience);
        }
        return outcome;
    }

    private UUID record(MigrationTool tool, ScriptsLocation location, ScriptsSource source, History history) {
        while (true) {
            UUID epoch = spool.epoch();
            Instant now = clock.instant();
            PublishedScripts scripts = PublishedScripts.of(history, history.graph(), tool.invocation(location));
            List<AgentEvent> events = new ArrayList<>(PublishedScripts.changes(
                    spool.remembered(Memory.PUBLISHED_SCRIPTS, PublishedScripts.class).orElse(null),
                    scripts, history));
            PublishedFiles.Delta files = PublishedFiles.delta(
                    spool.remembered(Memory.PUBLISHED_FILES, PublishedFiles.class).orElse(null),
                    scan(scripts, source), history.source(), () -> source.files(tool, location, history))
                    // Also of files that are known already: this checkout may reach back further than the one before.
                    .with(history.source(), source.authors(tool, location, history));
            events.addAll(files.events());
            Map<Memory, byte[]> memory = new EnumMap<>(Memory.class);
            memory.put(Memory.PUBLISHED_SCRIPTS, ContractJson.write(scripts));
            memory.put(Memory.PUBLISHED_FILES, ContractJson.write(files.published()));
            List<ObservedFact> facts = events.stream().map(event -> ObservedFact.noLaterThan(now, event)).toList();
            if (spool.record(epoch, facts, memory).isPresent()) {
                return epoch;
            }
        }
    }

    /** Names everything that what is read of files depends on, as far as this agent notices. */
    public static String scan(PublishedScripts scripts, ScriptsSource source) {
        return scripts.digest() + " " + AgentVersion.text() + (source.texts() ? "" : " without texts");
    }
}
