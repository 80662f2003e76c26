package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.CodeQualityOptions;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.EnvironmentOptions;
import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.agent.cli.Interval;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.IssueLocations;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.agent.tool.SourceOptions;
import dev.migrationledger.agent.watch.FirstObservation;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gate}: may this code start on this database, and may these scripts be deployed to it? */
@Command(name = "gate", description = "Says whether these scripts may be deployed to this database (--ledger), or whether this code may start on it (--start).", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Allowed.",
    "1:Blocked.",
    "2:Wrong usage.",
    "3:Could not tell, such as when the database does not answer. Not allowed."})
public final class GateCommand implements Callable<Integer> {

    @Option(names = "--start", description = "May this code start? Only if all revisions that it needs are applied, and a script has every row of the version table. Needs no ledger.")
    private boolean start;

    @Mixin
    private final EnvironmentOptions target = new EnvironmentOptions();

    @Option(names = "--only-new", description = "Shows no finding that the project's baseline accepts.")
    private boolean onlyNew;

    @Mixin
    private final ScriptsOptions scripts;

    @Mixin
    private final SourceOptions source = new SourceOptions();

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

    @Mixin
    private final CodeQualityOptions codeQuality = new CodeQualityOptions();

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
        check();
        codeQuality.prepare(scripts.workingDirectory());
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        return start ? start(location, tool) : deployment(location, tool);
    }

    private int start(ScriptsLocation location, MigrationTool tool) throws InterruptedException {
        History history = tool.read(location);
        StartReport report = new StartRun(location, tool, history, database, needs, allowAhead, wait,
                spec.commandLine().getErr()).report();
        output.print(spec.commandLine().getOut(), report,
                () -> new StartText(report, paint(), Screen.of(spec)).lines());
        annotate(GithubAnnotations.of(report));
        codeQuality.write(scripts.workingDirectory(), environment,
                () -> GateIssues.of(report, files(location, history)));
        return report.decision().exitCode();
    }

    /** Each option has one meaning, so that none is passed over in silence. */
    private void check() {
        if (start && (target.ledger() != null || target.project() != null || target.environment() != null || onlyNew)) {
            throw CommandFailure.usage(
                    "--start needs no ledger. Leave out --ledger, --project, --environment and --only-new, or leave out --start.");
        }
        if (!start && target.ledger() == null) {
            throw CommandFailure.usage(
                    "gate needs --start (may this code start here?) or --ledger URL (may these scripts be deployed here?).");
        }
        if (!start && (!needs.isEmpty() || !allowAhead.isEmpty() || wait != null)) {
            throw CommandFailure.usage("--needs, --allow-ahead and --wait belong to --start.");
        }
    }

    private int deployment(ScriptsLocation location, MigrationTool tool) throws InterruptedException {
        String project = target.requiredProject();
        String environment = target.requiredEnvironment();
        Clock clock = Clock.systemUTC();
        DatabaseTarget configured = tool.database(location);
        DatabaseUrl url = database.url(configured);
        try (DatabaseObserver watched = url.observer(database.versionTable(configured), SchemaScope.ALL);
                LedgerClient ledger = LedgerClient.at(target.requiredLedger())) {
            FirstObservation first = FirstObservation.of(watched, tool, location, source.source(), clock);
            DeployReport report = DeployGate
                    .of(ledger, project, environment, tool, location, this.environment, clock, this::log)
                    .ask(url.toString(), first, null);
            output.print(spec.commandLine().getOut(), report,
                    () -> new DeployText(report, onlyNew, paint(), Screen.of(spec)).lines());
            annotate(GithubAnnotations.of(report));
            codeQuality.write(scripts.workingDirectory(), this.environment,
                    () -> GateIssues.of(report, files(location, first.scripts().history())));
            return report.decision().exitCode();
        }
    }

    private IssueLocations files(ScriptsLocation location, History history) {
        return IssueLocations.of(scripts.workingDirectory(), location, history.revisions());
    }

    private void log(String words) {
        ErrorLines.print(spec.commandLine().getErr(), words);
    }

    /** GitLab shows colours in its log, and has no annotation that a job can print. */
    private Paint paint() {
        boolean coloured = "true".equals(environment.get("GITLAB_CI"))
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return coloured ? new Paint(true) : Paint.forTerminal();
    }

    /** Not among the JSON of standard output. */
    private void annotate(List<String> annotations) {
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            PrintWriter err = spec.commandLine().getErr();
            annotations.forEach(err::println);
            err.flush();
        }
    }
}
