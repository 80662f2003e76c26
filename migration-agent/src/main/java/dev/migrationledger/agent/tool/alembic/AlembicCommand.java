package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.ScriptsLocation;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What has to be typed for Alembic to take the configuration that is meant. */
final class AlembicCommand {

    private static final String COMMAND = "alembic";
    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}_./:@%+=,-]+");

    private AlembicCommand() {}

    static String of(ScriptsLocation location) {
        return switch (location) {
            // Which configuration belongs to the folder is not known; in most projects it is the usual one.
            case ScriptsLocation.Folder _ -> COMMAND;
            case ScriptsLocation.Config config -> of(config);
        };
    }

    private static String of(ScriptsLocation.Config config) {
        String section = config.section().equals("alembic") ? "" : " -n " + quoted(config.section());
        return COMMAND + option(config, config.file(), "alembic.ini")
                + option(config, config.pyproject(), "pyproject.toml") + section;
    }

    /** What Alembic finds by itself need not be named. */
    private static String option(ScriptsLocation.Config config, @Nullable Path file, String usual) {
        Path here = config.workingDirectory().normalize();
        return file == null || here.resolve(file).normalize().equals(here.resolve(usual))
                ? ""
                : " -c " + quoted(file.toString());
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
