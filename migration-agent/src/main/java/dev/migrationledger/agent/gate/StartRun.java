package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.core.gate.StartGate;
import dev.migrationledger.core.graph.Identified.Found;
import dev.migrationledger.core.graph.Identified.NotFound;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.graph.RevisionIdentifiers;
import dev.migrationledger.core.situation.ToolCalls;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code gate --start}: may this code start on this database?
 *
 * @param history as the tool reads it there
 * @param needs as they were typed; none: every head
 * @param allowAhead full ids
 * @param patience how long to check again; absent: once
 * @param err says what is waited for
 */
record StartRun(
        ScriptsLocation location, MigrationTool tool, History history, DatabaseOptions database,
        List<String> needs, List<String> allowAhead, @Nullable Duration patience, PrintWriter err) {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    StartReport report() throws InterruptedException {
        RevisionGraph graph = history.graph();
        List<Finding> errors = StartGate.errors(history.problems());
        StartGate gate = new StartGate(graph, errors, errors.isEmpty() ? needed(graph) : List.of(),
                Set.copyOf(allowAhead),
                ToolCalls.here(tool.invocation(location)));
        DatabaseTarget configured = tool.database(location);
        DatabaseUrl url = database.url(configured);
        GateScripts read = GateScripts.of(history, graph);
        try (StartCheck check = new StartCheck(gate, url, database.versionTableChoice(configured))) {
            return StartReport.of(waited(check), url.toString(), read);
        }
    }

    /** Asked only of scripts without errors: what those hide may be what is needed. */
    private List<String> needed(RevisionGraph graph) {
        RevisionIdentifiers identifiers = new RevisionIdentifiers(graph);
        Set<String> ids = new LinkedHashSet<>();
        for (String need : needs) {
            switch (identifiers.named(need)) {
                case Found found when found.revisions().isEmpty() -> throw CommandFailure.usage(
                        "--needs '%s' is not a revision; name one, or leave it out to need all heads.".formatted(need));
                case Found found -> ids.addAll(found.revisions());
                case NotFound none -> throw CommandFailure.usage("--needs: " + none.message());
            }
        }
        return List.copyOf(ids);
    }

    private StartResult waited(StartCheck check) throws InterruptedException {
        StartResult result = check.now();
        if (patience == null) {
            return result;
        }
        long end = System.nanoTime() + patience.toNanos();
        String reported = "";
        while (result.passes()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return result;
            }
            String reason = reason(result);
            if (!reason.equals(reported)) {
                err.println("migration-agent: waiting, %d s left: %s".formatted(
                        Math.ceilDiv(left, 1_000_000_000L), Paint.plain(reason)));
                err.flush();
                reported = reason;
            }
            Thread.sleep(Duration.ofNanos(Math.min(left, PAUSE.toNanos())));
            result = check.now();
        }
        return result;
    }

    private static String reason(StartResult result) {
        return switch (result) {
            case StartResult.Judged judged -> judged.answer().findings().getFirst().message();
            case StartResult.Unknown unknown -> unknown.reason();
        };
    }
}
