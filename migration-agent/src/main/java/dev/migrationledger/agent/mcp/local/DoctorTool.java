package dev.migrationledger.agent.mcp.local;

import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.doctor.DoctorCheck;
import dev.migrationledger.agent.doctor.DoctorReport;
import dev.migrationledger.agent.mcp.protocol.McpTool;
import dev.migrationledger.agent.mcp.protocol.ToolArguments;
import dev.migrationledger.agent.mcp.protocol.ToolParameter;
import dev.migrationledger.agent.tool.ScriptsOptions;
import java.util.List;

/** {@code doctor}: what state a database is really in. The same report as the command's. */
final class DoctorTool implements McpTool {

    private final ScriptsOptions scripts;
    private final DatabaseOptions database;

    DoctorTool(ScriptsOptions scripts, DatabaseOptions database) {
        this.scripts = scripts;
        this.database = database;
    }

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String title() {
        return "What is wrong with this database?";
    }

    @Override
    public String description() {
        return "Examines the scripts and the database that this server was started with, in one short read-only transaction: the verdict, the stamped revisions, the revisions that the live schema matches (physical), findings with evidence, and the smallest plan that repairs them. Needs no ledger. Changes nothing; a person runs the commands of the plan.";
    }

    @Override
    public List<ToolParameter> parameters() {
        return List.of();
    }

    @Override
    public Class<DoctorReport> answerType() {
        return DoctorReport.class;
    }

    @Override
    public DoctorReport answer(ToolArguments arguments) throws InterruptedException {
        return DoctorCheck.report(scripts, database);
    }
}
