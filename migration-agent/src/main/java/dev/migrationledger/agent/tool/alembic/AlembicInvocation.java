package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a call that make Alembic take a configuration. What it finds by itself is left out. */
final class AlembicInvocation {

    static final String INI = "alembic.ini";
    private static final String FLASK_FOLDER = "migrations";

    private AlembicInvocation() {}

    static ToolInvocation of(ScriptsLocation.Config location, boolean flask, boolean argumentsMissing) {
        List<String> config = new ArrayList<>();
        add(config, location, location.file(), flask ? FLASK_FOLDER + "/" + INI : INI);
        add(config, location, location.pyproject(), "pyproject.toml");
        boolean usual = flask || location.section().equals(ConfigSearch.SECTION);
        return new ToolInvocation(flask ? Program.FLASK_MIGRATE : Program.ALEMBIC, flask ? first(config) : config,
                usual ? null : location.section(), location.arguments(), argumentsMissing, folder(location));
    }

    /** @param usual whether the configuration that Alembic finds by itself names the folder; any other is not known */
    static ToolInvocation of(ScriptsLocation.Folder location, boolean usual, boolean argumentsMissing) {
        return new ToolInvocation(Program.ALEMBIC, usual ? List.of() : null, null, location.arguments(),
                argumentsMissing, folder(location));
    }

    /** Finding the rest out may meet the same error as reading the scripts did. */
    static ToolInvocation unread(ScriptsLocation location) {
        return new ToolInvocation(Program.ALEMBIC, null, null, location.arguments(), false,
                location.workingDirectory().toString());
    }

    private static void add(
            List<String> config, ScriptsLocation.Config location, @Nullable Path file, String found) {
        Path here = location.workingDirectory().normalize();
        if (file != null && !here.resolve(file).normalize().equals(here.resolve(found))) {
            config.add(file.toString());
        }
    }

    /** Flask-Migrate takes the folder of its ini alone. */
    private static List<String> first(List<String> config) {
        return config.isEmpty() ? config : config.subList(0, 1);
    }

    private static String folder(ScriptsLocation location) {
        return location.workingDirectory().normalize().toString();
    }
}
