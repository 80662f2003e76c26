package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.agent.mcp.protocol.McpTool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model may ask a ledger. */
public final class LedgerTools {

    private LedgerTools() {}

    /** All of them. With a project they are about that one alone. */
    public static List<McpTool> of(LedgerReader ledger, @Nullable String project) {
        ProjectChoice choice = new ProjectChoice(project);
        return List.of(
                new EnvironmentsTool(ledger, choice),
                new EnvironmentTool(ledger, choice),
                new DivergencesTool(ledger, choice),
                new DeployTool(ledger, choice),
                new CompareTool(ledger, choice),
                new HistoryTool(ledger, choice),
                new RevisionTool(ledger, choice),
                new AuditTool(ledger, choice));
    }
}
