package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.CodeQuality.Issue;
import dev.migrationledger.agent.cli.CodeQualityOptions;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.FindingText;
import dev.migrationledger.agent.cli.GithubCommands;
import dev.migrationledger.agent.cli.LedgerOptions;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.git.MergedTree;
import dev.migrationledger.agent.home.TemporaryFolder;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.IssueLocations;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.merge.MergeOutcome.Joined;
import dev.migrationledger.core.merge.MergeOutcome;
import dev.migrationledger.core.merge.MergeSentences;
import dev.migrationledger.core.repair.ScriptRepairs;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.ToolCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code merge check}. */
@Command(name = "check", description = "Checks in a pipeline or a merge queue that the scripts have one head, and that a merge in them is approved. Runs no script.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:One head, or labelled ones, and every merge is approved.",
    "1:Several heads, another error of the scripts, or a merge that is not approved.",
    "2:Wrong usage.",
    "3:Could not tell."})
final class CheckMergeCommand implements Callable<Integer> {

    private static final int NAMED = 4;

    @Option(names = "--base", paramLabel = "REF", description = "Branch or commit to merge the checked out commit with before it is checked, such as origin/main. Git does that beside the working tree (default: the scripts as they lie).")
    private @Nullable String base;

    @Mixin
    private final ScriptsOptions scripts;

    @Mixin
    private final LedgerOptions target = new LedgerOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final CodeQualityOptions codeQuality = new CodeQualityOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    private final Map<String, String> environment;

    CheckMergeCommand() {
        this(new ScriptsOptions(), System.getenv());
    }

    /** With another working directory and other environment variables than the process has. */
    CheckMergeCommand(ScriptsOptions scripts, Map<String, String> environment) {
        this.scripts = scripts;
        this.environment = Map.copyOf(environment);
    }

    /**
     * What was checked.
     *
     * @param base absent: the scripts as they lie
     * @param problems errors of the scripts
     * @param unapproved merges that people have still to approve: whole sentences
     */
    private record CheckReport(
            boolean passed, String source, @Nullable String base, List<String> heads, List<Finding> problems,
            List<String> unapproved) {}

    /** With the issues of a code quality report. */
    private record Checked(CheckReport report, List<Issue> issues) {}

    /** A merge in the scripts, as the revision that brings its heads together. */
    private record Unapproved(String revision, String sentence) {}

    @Override
    public Integer call() {
        codeQuality.prepare(scripts.workingDirectory());
        String ref = base;
        Checked checked = ref == null ? check(scripts.location(), null) : checkMerged(ref);
        CheckReport report = checked.report;
        output.print(spec.commandLine().getOut(), report, () -> lines(report));
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            // Not among the JSON of standard output.
            GithubCommands.of("error", "Heads",
                    Stream.concat(report.problems.stream().map(Finding::message), report.unapproved.stream()))
                    .forEach(spec.commandLine().getErr()::println);
        }
        codeQuality.write(scripts.workingDirectory(), environment, checked::issues);
        return report.passed ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private Checked checkMerged(String ref) {
        MergedTree merged = MergedTree.of(scripts.workingDirectory(), ref);
        try (TemporaryFolder folder = TemporaryFolder.create("merge")) {
            return check(scripts.locationIn(merged.write(folder.path())), ref);
        } catch (IOException e) {
            throw CommandFailure.unknown("What Git merged cannot be read: %s.".formatted(
                    e.getMessage()));
        }
    }

    private Checked check(ScriptsLocation location, @Nullable String ref) {
        MigrationTool tool = MigrationTools.of(location);
        History history = tool.read(location);
        RevisionGraph graph = history.graph();
        List<Finding> errors = ScriptRepairs.of(ScriptFindings.of(history.problems()), graph.heads(),
                ToolCalls.here(tool.invocation(location))).stream()
                .filter(finding -> finding.severity() == Severity.ERROR).toList();
        List<Unapproved> unapproved = target.ledger() == null ? List.of() : unapproved(graph);
        IssueLocations files = IssueLocations.of(scripts.workingDirectory(), location, history.revisions());
        return new Checked(new CheckReport(errors.isEmpty() && unapproved.isEmpty(), history.source(), ref,
                graph.heads(), errors, unapproved.stream().map(Unapproved::sentence).toList()),
                Stream.concat(errors.stream().map(files::issue),
                        unapproved.stream().map(merge -> files.issue(DivergenceCode.UNAPPROVED_MERGE.code(),
                                merge.revision, Severity.ERROR, merge.sentence, List.of(merge.revision))))
                        .toList());
    }

    /** Merges that the ledger knows and these scripts have written, without the approvals that they need. */
    private List<Unapproved> unapproved(RevisionGraph graph) {
        try (LedgerClient ledger = LedgerClient.at(target.requiredLedger())) {
            return Stream.of(ledger.get("/api/v1/projects/%s/merges".formatted(target.requiredProject()),
                    MergeProposal[].class))
                    .filter(merge -> merge.status() != Status.APPLIED && merge.status() != Status.OBSOLETE)
                    .flatMap(merge -> MergeOutcome.unapproved(graph, merge.content(), merge.approved())
                            .map(joined -> new Unapproved(joined.revision(), sentence(merge, joined)))
                            .stream())
                    .toList();
        }
    }

    private static String sentence(MergeProposal merge, Joined joined) {
        return Stream.of(
                "%s brings %s together, and that is not approved.".formatted(joined.revision(),
                        ListText.and(merge.content().heads(), NAMED)),
                MergeSentences.endedBy(merge),
                "See 'merge show %s'.".formatted(merge.merge()))
                .filter(one -> !one.isEmpty()).collect(Collectors.joining(" "));
    }

    private static List<String> lines(CheckReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s%s, %s".formatted(report.passed ? "PASSED" : "BLOCKED", Paint.plain(report.source),
                report.base == null ? "" : " merged with " + Paint.plain(report.base),
                Count.of(report.heads.size(), "head")));
        if (!report.problems.isEmpty()) {
            lines.add("");
            lines.addAll(new FindingText(report.problems, Paint.forTerminal()).lines());
        }
        report.unapproved.forEach(sentence -> {
            lines.add("");
            lines.add(Paint.plain(sentence));
        });
        return lines;
    }
}
