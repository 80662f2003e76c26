package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.FindingText;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.graph.Identified;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.repair.ScriptRepairs;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.ToolCalls;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** What the commands of this package share: where the scripts are, how the answer is written, what it exits with. */
final class HistoryOptions {

    @Mixin
    private final ScriptsOptions scripts;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    HistoryOptions(ScriptsOptions scripts) {
        this.scripts = scripts;
    }

    OutputOptions output() {
        return output;
    }

    /**
     * Reads the scripts, prints the revisions that were asked for, and prints what is wrong with the history: for people to
     * the error stream, so that a pipe gets nothing but revisions.
     *
     * @param which the revisions that are asked for
     * @param footprints whether what they do is asked too
     * @param text the lines for people
     * @return 0, or 1 if anything is wrong with the history
     */
    int print(CommandLine command, Function<RevisionGraph, Identified> which, boolean footprints,
            Function<List<ShownRevision>, List<String>> text) {
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        History history = tool.read(location);
        RevisionGraph graph = history.graph();
        List<Finding> problems = ScriptRepairs.of(ScriptFindings.of(history.problems()), graph.heads(),
                ToolCalls.here(tool.invocation(location)));
        List<String> ids = switch (which.apply(graph)) {
            case Identified.Found found -> found.revisions();
            case Identified.NotFound none -> {
                print(problems, command.getErr());
                throw CommandFailure.usage(none.message());
            }
        };
        List<ShownRevision> revisions = ShownRevision.of(
                ids, graph, revision -> footprints ? tool.footprint(location, revision) : null);
        output.print(command.getOut(), new HistoryAnswer(tool.name(), history.source(), revisions, graph.heads(),
                graph.realHeads(), problems), () -> text.apply(revisions));
        if (output.isText()) {
            print(problems, command.getErr());
        }
        boolean wrong = problems.stream().anyMatch(problem -> problem.severity() != Severity.INFO);
        return wrong ? ExitCode.FINDINGS : ExitCode.OK;
    }

    private static void print(List<Finding> problems, PrintWriter err) {
        new FindingText(problems, Paint.forTerminal()).lines().forEach(err::println);
        err.flush();
    }

    /** Alembic's word for what a database holds, which is not asked here. */
    static void refuseCurrent(String identifier) {
        if (identifier.equals("current")) {
            throw CommandFailure.usage(
                    "'current' needs a database, and this command reads none; name a revision or 'heads'.");
        }
    }
}
