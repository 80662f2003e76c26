package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.database.BusyRetry;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.ObservationException.Kind;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.observation.VersionTableObservation;
import dev.migrationledger.agent.database.option.VersionTableChoice;
import dev.migrationledger.agent.database.option.WhichVersionTable;
import dev.migrationledger.contracts.event.VersionTable.State;
import dev.migrationledger.core.gate.StartAnswer;
import dev.migrationledger.core.gate.StartGate;

/** Reads the version table, as often as asked, and has it judged. Each read is one short read-only transaction. For one thread at a time. */
final class StartCheck implements AutoCloseable {

    private final StartGate gate;
    private final DatabaseUrl url;
    private final VersionTableChoice choice;
    private DatabaseObserver database;

    /** Connects to nothing yet. */
    StartCheck(StartGate gate, DatabaseUrl url, VersionTableChoice choice) {
        this.gate = gate;
        this.url = url;
        this.choice = choice;
        this.database = url.observer(choice.name(), SchemaScope.ALL);
    }

    StartResult now() throws InterruptedException {
        StartAnswer same = gate.withoutDatabase();
        if (same != null) {
            return new StartResult.Judged(null, same);
        }
        if (gate.graph().revisions().isEmpty()) {
            return new StartResult.Unknown(
                    "The scripts have no revision, so what the code needs is not known. Check --config or --scripts.",
                    false);
        }
        try {
            VersionTableObservation seen = read();
            WhichVersionTable which = new WhichVersionTable(choice, gate.graph(), seen);
            VersionTableName elsewhere = which.elsewhere();
            if (elsewhere != null) {
                database.close();
                database = url.observer(elsewhere, SchemaScope.ALL);
                seen = read();
            } else if (which.question() != null) {
                // A table that is missing may be created by what this process waits for.
                return new StartResult.Unknown(which.question(), seen.table().state() == State.MISSING);
            }
            return new StartResult.Judged(seen.table(), gate.judge(seen.table()));
        } catch (ObservationException e) {
            // A database that does not exist yet may be created by what this process waits for.
            return new StartResult.Unknown(String.valueOf(e.getMessage()),
                    e.kind().passes() || e.kind() == Kind.NO_DATABASE);
        }
    }

    private VersionTableObservation read() throws ObservationException, InterruptedException {
        DatabaseObserver asked = database;
        return BusyRetry.of(() -> asked.versionTable(!choice.open().isEmpty()));
    }

    @Override
    public void close() {
        database.close();
    }
}
