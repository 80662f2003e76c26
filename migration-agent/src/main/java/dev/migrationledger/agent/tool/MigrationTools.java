package dev.migrationledger.agent.tool;

import dev.migrationledger.agent.tool.alembic.Alembic;
import java.util.List;
import java.util.Optional;

/** Every migration tool this agent can read. */
public final class MigrationTools {

    private static final List<MigrationTool> ALL = List.of(new Alembic());

    private MigrationTools() {}

    public static List<MigrationTool> all() {
        return ALL;
    }

    /** The configuration that a user means; fails with wrong usage if there is none. */
    public static ScriptsLocation configuration(ConfigRequest request) {
        return ALL.stream().filter(tool -> tool.isConfigured(request)).findFirst().orElse(ALL.getFirst())
                .configuration(request);
    }

    /** The tool that keeps what ran in a table of this name, unless a configuration says otherwise. */
    public static Optional<MigrationTool> ofVersionTable(String table) {
        return ALL.stream().filter(tool -> tool.versionTable().equals(table)).findFirst();
    }

    /** The table that is asked where no configuration names one, whichever tool it is of. */
    public static String usualVersionTable() {
        return ALL.getFirst().versionTable();
    }

    /** The tool whose scripts these are. */
    public static MigrationTool of(ScriptsLocation location) {
        // One tool so far, so there is nothing to tell apart.
        return ALL.getFirst();
    }
}
