package dev.migrationledger.agent.mcp.local;

import dev.migrationledger.agent.mcp.protocol.McpTool;
import dev.migrationledger.agent.mcp.protocol.ToolArguments;
import dev.migrationledger.agent.mcp.protocol.ToolParameter;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.repair.ScriptRepairs;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.ToolCalls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code scan}: the history that the scripts form. */
final class ScanTool implements McpTool {

    private final ScriptsOptions scripts;

    ScanTool(ScriptsOptions scripts) {
        this.scripts = scripts;
    }

    /**
     * The answer.
     *
     * @param count of revisions
     * @param heads revisions without a child
     * @param realHeads heads that nothing depends on either
     * @param problems of the scripts
     * @param revisions the last ones in the order of the tool first
     */
    record Answer(
            String summary, String tool, String source, int count, List<String> heads, List<String> realHeads,
            List<String> bases, List<String> mergePoints, List<String> branchPoints, List<Finding> problems,
            List<Line> revisions) {}

    record Line(
            String revision, List<String> parents, List<String> dependsOn, List<String> labels,
            @Nullable String message, String file) {
        static Line of(Revision revision) {
            return new Line(revision.revision(), revision.parents(), revision.dependsOn(), revision.labels(),
                    revision.message(), revision.file());
        }
    }

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public String title() {
        return "Which history do these scripts form?";
    }

    @Override
    public String description() {
        return "Reads the migration scripts that this server was started with, without running any: heads, bases, branch points, merge points, problems and revisions. Needs no database and no ledger.";
    }

    @Override
    public List<ToolParameter> parameters() {
        return List.of();
    }

    @Override
    public Class<Answer> answerType() {
        return Answer.class;
    }

    @Override
    public Answer answer(ToolArguments arguments) {
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        History history = tool.read(location);
        RevisionGraph graph = history.graph();
        List<Finding> problems = ScriptRepairs.of(ScriptFindings.of(history.problems()), graph.heads(),
                ToolCalls.here(tool.invocation(location)));
        return new Answer(
                "%s has %s and %s.".formatted(history.source(), Count.of(history.revisions().size(), "revision"),
                        Count.of(graph.heads().size(), "head")),
                tool.name(), history.source(), history.revisions().size(), graph.heads(), graph.realHeads(),
                graph.bases(), graph.mergePoints(), graph.branchPoints(), problems,
                history.revisions().reversed().stream().map(Line::of).toList());
    }
}
