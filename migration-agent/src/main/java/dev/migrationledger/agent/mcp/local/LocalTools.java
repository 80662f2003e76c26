package dev.migrationledger.agent.mcp.local;

import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.mcp.protocol.McpTool;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsOptions;
import java.util.ArrayList;
import java.util.List;

/** What a model may ask about this machine. */
public final class LocalTools {

    private LocalTools() {}

    /**
     * Those about what options name. What happens to lie in the folder of the client is not read: who starts it there did not choose that.
     * Fails with wrong usage if an option names something that cannot be.
     */
    public static List<McpTool> of(ScriptsOptions scripts, DatabaseOptions database) {
        List<McpTool> tools = new ArrayList<>();
        if (database.isGiven()) {
            // What cannot be a database is known when the server starts, and not when a model asks.
            database.urlIfAny(DatabaseTarget.UNKNOWN);
        }
        if (scripts.isGiven()) {
            MigrationTools.of(scripts.location());
        }
        if (scripts.isGiven() || database.isGiven()) {
            tools.add(new DoctorTool(scripts, database));
        }
        if (scripts.isGiven()) {
            tools.add(new ScanTool(scripts));
        }
        return List.copyOf(tools);
    }
}
