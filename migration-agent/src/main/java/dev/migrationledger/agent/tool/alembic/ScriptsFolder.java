package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.ScriptsLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder that was named without any configuration. */
final class ScriptsFolder {

    private ScriptsFolder() {}

    /** The folder itself, or its folder {@code versions} where it is a whole Alembic environment. */
    static Layout layout(ScriptsLocation.Folder location) {
        Path folder = location.workingDirectory().resolve(location.folder()).normalize();
        if (!Files.exists(folder)) {
            throw CommandFailure.usage(
                    "There is no folder '%s'; name the one that holds the migration scripts with --scripts DIR."
                            .formatted(location.folder()));
        }
        if (!Files.isDirectory(folder)) {
            throw CommandFailure.usage(
                    "'%s' is a file, not a folder; name its folder with --scripts DIR, or a configuration file with --config FILE."
                            .formatted(location.folder()));
        }
        Path versions = folder.resolve("versions");
        boolean environment = Files.isRegularFile(folder.resolve("env.py")) && Files.isDirectory(versions);
        Path root = folder.startsWith(location.workingDirectory()) ? location.workingDirectory() : folder;
        return new Layout(
                location.folder().toString(), folder, root, List.of(environment ? versions : folder), false, false,
                List.of());
    }
}
