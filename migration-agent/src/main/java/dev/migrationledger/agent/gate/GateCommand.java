package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Interval;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.core.gate.StartGate;
import dev.migrationledger.core.graph.Identified.Found;
import dev.migrationledger.core.graph.Identified.NotFound;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.graph.RevisionIdentifiers;
import dev.migrationledger.core.situation.ToolCalls;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gate --start}: may this code start on this database? */
@Command(name = "gate", description = "Says whether this code may start on this database. Reads only the scripts and the version table, and needs no ledger.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Allowed.",
    "1:Blocked.",
    "2:Wrong usage.",
    "3:Could not tell: the database is away or refuses the user. Not allowed to start."})
public final class GateCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Option(names = "--start", required = true, description = "Allows a start only if all revisions that the code needs are applied, and a script has every row of the version table.")
    @SuppressWarnings("unused") // it is required, so it has one value
    private boolean start;

    @Mixin
    private final ScriptsOptions scripts;

    @Mixin
    private final DatabaseOptions database;

    @Option(names = "--needs", paramLabel = "REV", description = "A revision that the code needs, by id or branch label; repeatable (default: all heads). Later revisions may be applied or pending.")
    private List<String> needs = new ArrayList<>();

    @Option(names = "--allow-ahead", paramLabel = "REV", description = "A full revision id that may be applied although no script has it; repeatable. Give it when this code is known to run on that schema.")
    private List<String> allowAhead = new ArrayList<>();

    @Option(names = "--wait", paramLabel = "TIME", converter = Interval.class, description = "Checks every second until the start is allowed or the time is over, such as 90s or 10m. Ends at once if only a person can help.")
    private @Nullable Duration wait;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    private final Map<String, String> environment;

    public GateCommand() {
        this(new ScriptsOptions(), new DatabaseOptions(), System.getenv());
    }

    /** With another working directory and other environment variables than the process has. */
    GateCommand(ScriptsOptions scripts, DatabaseOptions database, Map<String, String> environment) {
        this.scripts = scripts;
        this.database = database;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        History history = tool.read(location);
        RevisionGraph graph = history.graph();
        List<Finding> errors = StartGate.errors(history.problems());
        StartGate gate = new StartGate(graph, errors, errors.isEmpty() ? needed(graph) : List.of(),
                Set.copyOf(allowAhead),
                ToolCalls.here(tool.invocation(location)));
        DatabaseTarget configured = tool.database(location);
        DatabaseUrl url = database.url(configured);
        StartReport.Scripts read = new StartReport.Scripts(history.source(), graph.revisions().size(),
                graph.realHeads().stream().distinct().toList());
        try (StartCheck check = new StartCheck(gate, url, database.versionTableChoice(configured))) {
            return print(StartReport.of(waited(check), url.toString(), read));
        }
    }

    /** Asked only of scripts without errors: what those hide may be what is needed. */
    private List<String> needed(RevisionGraph graph) {
        RevisionIdentifiers identifiers = new RevisionIdentifiers(graph);
        Set<String> ids = new LinkedHashSet<>();
        for (String need : needs) {
            switch (identifiers.named(need)) {
                case Found found when found.revisions().isEmpty() -> throw CommandFailure.usage(
                        "--needs '%s' is no revision; name one, or leave it out to need all heads.".formatted(need));
                case Found found -> ids.addAll(found.revisions());
                case NotFound none -> throw CommandFailure.usage("--needs: " + none.message());
            }
        }
        return List.copyOf(ids);
    }

    private StartResult waited(StartCheck check) throws InterruptedException {
        StartResult result = check.now();
        if (wait == null) {
            return result;
        }
        long end = System.nanoTime() + wait.toNanos();
        String reported = "";
        while (result.passes()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return result;
            }
            String reason = reason(result);
            if (!reason.equals(reported)) {
                PrintWriter err = spec.commandLine().getErr();
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

    private int print(StartReport report) {
        // GitLab shows colours in its log, and has no other annotation.
        boolean coloured = "true".equals(environment.get("GITLAB_CI"))
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
        Paint paint = coloured ? new Paint(true) : Paint.forTerminal();
        output.print(spec.commandLine().getOut(), report, () -> new StartText(report, paint, Screen.of(spec)).lines());
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            // Not among the JSON of standard output.
            PrintWriter err = spec.commandLine().getErr();
            GithubAnnotations.of(report).forEach(err::println);
            err.flush();
        }
        return report.exitCode();
    }
}
