package dev.migrationledger.agent.tool;

import dev.migrationledger.agent.tool.alembic.Alembic;
import java.util.List;

/** Every migration tool this agent can read. */
public final class MigrationTools {

    private static final List<MigrationTool> ALL = List.of(new Alembic());

    private MigrationTools() {}

    public static List<MigrationTool> all() {
        return ALL;
    }

    /** The tool whose scripts these are. */
    public static MigrationTool of(ScriptsLocation location) {
        // One tool so far, so there is nothing to tell apart.
        return ALL.getFirst();
    }
}
