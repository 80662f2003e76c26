package dev.migrationledger.agent.scan;

import dev.migrationledger.agent.tool.History;
import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.repair.ScriptRepairs;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.Observations.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code scan} answers: its components are the fields of {@code scan --output json}.
 *
 * @param source as the operator named it
 * @param revisions in the order in which the tool loads their files
 * @param heads revisions without a child
 * @param realHeads heads that nothing depends on either
 * @param branch what the ledger says of the branch or pull request; absent: these are scripts that are deployed, or no ledger was asked
 */
record ScanReport(
        String tool,
        String source,
        List<Revision> revisions,
        List<String> heads,
        List<String> realHeads,
        List<String> bases,
        List<String> mergePoints,
        List<String> branchPoints,
        List<Finding> problems,
        @Nullable OpenBranch branch) {

    static ScanReport of(String tool, History history, ToolCall call) {
        RevisionGraph graph = history.graph();
        return new ScanReport(
                tool,
                history.source(),
                history.revisions(),
                graph.heads(),
                graph.realHeads(),
                graph.bases(),
                graph.mergePoints(),
                graph.branchPoints(),
                ScriptRepairs.of(ScriptFindings.of(history.problems()), graph.heads(), call),
                null);
    }

    ScanReport with(OpenBranch published) {
        return new ScanReport(tool, source, revisions, heads, realHeads, bases, mergePoints, branchPoints, problems,
                published);
    }
}
