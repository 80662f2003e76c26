package dev.migrationledger.agent.scan;

import dev.migrationledger.agent.cli.CodeQuality.Issue;
import dev.migrationledger.agent.cli.CodeQualityOptions;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.GithubCommands;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.publish.Publication;
import dev.migrationledger.agent.publish.PublishOptions;
import dev.migrationledger.agent.send.Sender.Outcome;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.spool.SpoolFailure;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.IssueLocations;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.agent.tool.ScriptsSource;
import dev.migrationledger.agent.tool.SourceOptions;
import dev.migrationledger.contracts.branch.BranchScan;
import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.core.branch.BranchSentences.OfRevision;
import dev.migrationledger.core.branch.BranchSentences;
import dev.migrationledger.core.situation.ToolCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scan}: exit code 0 if nothing is wrong, 1 if there are errors or warnings. */
@Command(name = "scan", description = "Reads the migration scripts and shows the history that they form. Runs no script.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:No problems.",
    "1:Problems found, or a branch cannot be merged as it is.",
    "2:Wrong usage.",
    "3:Could not tell, or the ledger has not acknowledged the scripts."}, footer = {
        "",
        "With --ledger, scan also publishes the scripts. Use it in pipelines and images, where no agent watches a database.",
        "After exit code 0 or 1 the ledger has acknowledged them.",
        "",
        "With --source branch:NAME, pr:NUMBER or mr:NUMBER, and without --environment, it publishes what is not merged yet.",
        "The ledger answers where the same parent has another child: merged as they are, these are two heads."})
public final class ScanCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration patience;
    private final Map<String, String> variables;

    @Mixin
    private final ScriptsOptions scripts;

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Option(names = "--closed", description = "With --source and --ledger: the branch or pull request was merged, or is not wanted any more. Reads no scripts.")
    private boolean closed;

    @Mixin
    private final PublishOptions publish = new PublishOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final CodeQualityOptions codeQuality = new CodeQualityOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    public ScanCommand() {
        this(new ScriptsOptions(), PATIENCE, System.getenv());
    }

    /** With another working directory than the process has. */
    ScanCommand(ScriptsOptions scripts) {
        this(scripts, PATIENCE, System.getenv());
    }

    /**
     * Likewise.
     *
     * @param patience how long the ledger may take
     * @param variables of the environment
     */
    ScanCommand(ScriptsOptions scripts, Duration patience, Map<String, String> variables) {
        this.scripts = scripts;
        this.patience = patience;
        this.variables = Map.copyOf(variables);
    }

    @Override
    public Integer call() throws InterruptedException {
        ScriptsSource named = source.source();
        Optional<String> ledger = publish.ledger();
        Optional<BranchPublication> branch = ledger.filter(_ -> OpenBranch.isBranch(named.shown()))
                .map(url -> new BranchPublication(url, publish.branchProject(named.shown()), named.shown()));
        codeQuality.prepare(scripts.workingDirectory());
        if (closed) {
            close(branch.orElseThrow(() -> CommandFailure.usage(
                    "--closed needs --ledger, --project and --source branch:NAME, pr:NUMBER or mr:NUMBER; add them.")));
            return ExitCode.OK;
        }
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        History history = named.read(tool, location);
        ScanReport report = ScanReport.of(tool.name(), history, ToolCalls.here(tool.invocation(location)));
        IssueLocations files = IssueLocations.of(scripts.workingDirectory(), location, history.revisions());
        if (branch.isPresent()) {
            return published(branch.get(), report, tool.authors(location, history.revisions()), files);
        }
        print(report, files);
        if (ledger.isPresent()) {
            publish(ledger.get(), tool, location, named, history);
        }
        return exitCode(report);
    }

    private void close(BranchPublication branch) {
        branch.close();
        output.print(spec.commandLine().getOut(), new BranchScan.Closed(branch.source()),
                () -> List.of("%s is closed.".formatted(Paint.plain(branch.source()))));
        codeQuality.write(scripts.workingDirectory(), variables, List::of);
    }

    private void print(ScanReport report, IssueLocations files) {
        output.print(spec.commandLine().getOut(), report, new ScanText(report, Paint.forTerminal())::lines);
        codeQuality.write(scripts.workingDirectory(), variables, () -> issues(report, files));
    }

    private static List<Issue> issues(ScanReport report, IssueLocations files) {
        Stream<Issue> problems = report.problems().stream().map(files::issue);
        OpenBranch branch = report.branch();
        return branch == null
                ? problems.toList()
                : Stream.of(problems,
                        BranchSentences.problemsByRevision(branch).stream()
                                .map(one -> issue(one, Severity.WARNING, files)),
                        BranchSentences.noticesByRevision(branch).stream().map(one -> issue(one, Severity.INFO, files)))
                        .flatMap(all -> all).toList();
    }

    /** A revision may be in the way of what is deployed, and of another branch: these are two issues. */
    private static Issue issue(OfRevision one, Severity severity, IssueLocations files) {
        return files.issue(one.code().code(), severity.name() + " " + one.revision(), severity, one.sentence(),
                List.of(one.revision()));
    }

    private static int exitCode(ScanReport report) {
        boolean wrong = report.problems().stream().anyMatch(problem -> problem.severity() != Severity.INFO);
        return wrong ? ExitCode.FINDINGS : ExitCode.OK;
    }

    /** What was read is shown also if the ledger does not answer. */
    private int published(
            BranchPublication publication, ScanReport report, List<RevisionAuthors> authors, IssueLocations files) {
        OpenBranch branch;
        try {
            branch = publication.publish(report.revisions(), authors);
        } catch (CommandFailure e) {
            print(report, files);
            throw e;
        }
        print(report.with(branch), files);
        if ("true".equals(variables.get("GITHUB_ACTIONS"))) {
            // Not among the JSON of standard output.
            Stream.concat(GithubCommands.of("warning", "Heads", BranchSentences.problems(branch).stream()).stream(),
                    GithubCommands.of("notice", "Heads", BranchSentences.notices(branch).stream()).stream())
                    .forEach(spec.commandLine().getErr()::println);
        }
        return BranchSentences.isBlocked(branch) ? ExitCode.FINDINGS : exitCode(report);
    }

    private void publish(
            String url, MigrationTool tool, ScriptsLocation location, ScriptsSource named, History history)
            throws InterruptedException {
        Clock clock = Clock.systemUTC();
        try (LedgerClient ledger = LedgerClient.at(url); Spool spool = publish.open(clock, variables)) {
            if (new Publication(spool, clock, patience).publish(ledger, tool, location, named,
                    history) instanceof Outcome.Delayed delayed) {
                throw CommandFailure.unknown(
                        "%s The scan waits in the spool %s (%d events); the next scan with this spool sends it."
                                .formatted(
                                        delayed.reason(), spool.path(), spool.pending()));
            }
        } catch (SpoolFailure e) {
            throw CommandFailure.unknown(String.valueOf(e.getMessage()));
        }
    }
}
