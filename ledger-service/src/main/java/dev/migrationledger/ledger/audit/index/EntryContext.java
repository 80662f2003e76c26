package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRegistered;
import dev.migrationledger.ledger.audit.index.ContextTables.Labelled;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What entries have from events before theirs, during one page. */
final class EntryContext implements EntryFactory.Runs {

    private final ContextTables tables;
    private final Map<StreamId.Environment, Labelled> labels = new HashMap<>();
    private final Map<StreamId.Environment, Labelled> changed = new LinkedHashMap<>();
    private final Map<Run, KnownRun> runs = new HashMap<>();

    private record Run(String project, String environment, UUID run) {}

    EntryContext(ContextTables tables) {
        this.tables = tables;
    }

    @Override
    public KnownRun of(String project, String environment, UUID run) {
        return runs.computeIfAbsent(new Run(project, environment, run),
                key -> tables.run(key.project, key.environment, key.run));
    }

    /** Labels of the event's environment after the event. */
    Map<String, String> labelsAfter(RecordedEvent recorded) {
        String project = recorded.project();
        String environment = recorded.environment();
        if (project == null || environment == null) {
            return Map.of();
        }
        StreamId.Environment target = StreamId.of(project, environment);
        Labelled before = labels.computeIfAbsent(target, tables::labels);
        Labelled after = after(before, recorded.event(),
                recorded.origin() == null ? null : recorded.origin().agent());
        if (!after.equals(before)) {
            labels.put(target, after);
            changed.put(target, after);
        }
        return after.labels();
    }

    private static Labelled after(Labelled before, Event event, @Nullable String agent) {
        if (event instanceof EnvironmentRegistered registered) {
            return new Labelled(registered.labels(), before.by());
        }
        // The last given labels count. An agent that started without any takes none away that came from elsewhere.
        return event instanceof AgentStarted started
                && (!started.labels().isEmpty() || (agent != null && agent.equals(before.by())))
                        ? new Labelled(started.labels(), agent)
                        : before;
    }

    /** Stores the labels for the next page. */
    void write() {
        changed.forEach(tables::labels);
    }
}
