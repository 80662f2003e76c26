package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.database.BusyRetry;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.inference.round.AgentMemory;
import dev.migrationledger.agent.inference.round.Round;
import dev.migrationledger.agent.inference.round.ScriptsReading;
import dev.migrationledger.agent.send.Backoff;
import dev.migrationledger.agent.send.LedgerTransport;
import dev.migrationledger.agent.send.Sender;
import dev.migrationledger.agent.send.Sender.Outcome;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.spool.SpoolFailure;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.agent.tool.SourceOptions;
import dev.migrationledger.agent.tracing.AgentTraces;
import dev.migrationledger.agent.watch.ObserveReport.LedgerDelivery;
import dev.migrationledger.agent.watch.ObserveReport.ReportedEvent;
import dev.migrationledger.agent.watch.ObserveReport.ScriptsSeen;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.AgentEvent.RevisionAuthorsRead;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.VersionTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code observe}: one round. Without a ledger it only shows what a first observation would conclude, and stores nothing. */
@Command(name = "observe", description = "Reads a database and its scripts once, and reports changes to the ledger if --ledger is given.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Read, and the ledger has acknowledged it if --ledger is given.",
    "2:Wrong usage.",
    "3:The database or the ledger cannot be reached. The next observe or watch sends what the spool holds."}, footer = {
        "",
        "Without --ledger, observe sends and stores nothing, and needs neither --project nor --environment."})
public final class ObserveCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin
    private final ScriptsOptions scripts = new ScriptsOptions();

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final WatchOptions options = new WatchOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        DatabaseTarget configured = tool.database(location);
        DatabaseUrl url = database.url(configured);
        Scripts read = new Scripts(tool, location, source.source(), clock);
        try (DatabaseObserver watched = url.observer(database.versionTable(configured), options.scope())) {
            return options.reports()
                    ? publish(url, watched, read, clock)
                    : show(url, watched, read, clock);
        } catch (SpoolFailure e) {
            throw CommandFailure.unknown(String.valueOf(e.getMessage()));
        }
    }

    private int show(DatabaseUrl url, DatabaseObserver watched, Scripts read, Clock clock)
            throws InterruptedException {
        Instant asked = clock.instant();
        Observation observation = patiently(() -> watched.observe(Set.of(), null));
        Instant now = clock.instant();
        Round round = Round.of(
                AgentMemory.NOTHING, observation, watched.versionTable().toString(), List.of(), read.last(), asked,
                now);
        List<ReportedEvent> events = round.facts().stream()
                .map(fact -> new ReportedEvent(fact.occurredAt(), fact.event()))
                .toList();
        print(report(url, now, observation.table(), read, events, null));
        return ExitCode.OK;
    }

    private int publish(DatabaseUrl url, DatabaseObserver watched, Scripts read, Clock clock)
            throws InterruptedException {
        try (LedgerTransport ledger = options.transport(clock);
                Spool spool = options.open(clock);
                AgentTraces traces = options.traces()) {
            Watch watch = new Watch(watched, read, spool, clock, Watch.Mode.OBSERVE, options.labels, traces);
            List<AgentEnvelope> recorded = new ArrayList<>(patiently(watch::round));
            recorded.addAll(watch.stop(AgentStopped.Reason.OBSERVED_ONCE));

            Sender sender = new Sender(spool, ledger, new Backoff(new Random()), traces);
            Outcome outcome = sender.drain(PATIENCE);
            if (!spool.epoch().equals(recorded.getFirst().epoch())) {
                // The ledger was replaced: everything is published again, which takes another round.
                recorded.addAll(patiently(watch::round));
                recorded.addAll(watch.stop(AgentStopped.Reason.OBSERVED_ONCE));
                outcome = sender.drain(PATIENCE);
            }
            watch.release();
            // The files are on the machine of the person who reads the report.
            List<ReportedEvent> events = recorded.stream()
                    .filter(envelope -> !(envelope.event() instanceof RevisionFilesRead)
                            && !(envelope.event() instanceof RevisionAuthorsRead))
                    .map(envelope -> new ReportedEvent(envelope.occurredAt(), envelope.event()))
                    .toList();
            print(report(
                    url, recorded.getFirst().observedAt(), watch.table(), read, events,
                    new LedgerDelivery(ledger.toString(), spool.agent(), spool.pending())));
            if (outcome instanceof Outcome.Delayed delayed) {
                throw CommandFailure
                        .unknown("%s %d events wait in the spool; the next observe or watch sends them."
                                .formatted(delayed.reason(), spool.pending()));
            }
            return ExitCode.OK;
        }
    }

    private static <T> T patiently(BusyRetry.Attempt<T> attempt) throws InterruptedException {
        try {
            return BusyRetry.of(attempt);
        } catch (ObservationException e) {
            throw CommandFailure.unknown(String.valueOf(e.getMessage()));
        }
    }

    private static ObserveReport report(
            DatabaseUrl url, Instant now, VersionTable table, Scripts read, List<ReportedEvent> events,
            @Nullable LedgerDelivery ledger) {
        ScriptsReading reading = read.last();
        return new ObserveReport(
                url.toString(), now, table, reading.graph().unknown(table.rows()), ScriptsSeen.of(reading), events,
                ledger);
    }

    private void print(ObserveReport report) {
        output.print(spec.commandLine().getOut(), report, new ObserveText(report, Paint.forTerminal())::lines);
    }
}
