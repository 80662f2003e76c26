package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.scripts.FileProblem.NoScripts;
import dev.migrationledger.contracts.scripts.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
        Path root = ProjectRoot.above(
                folder.startsWith(location.workingDirectory()) ? location.workingDirectory() : folder);
        Path scripts = environment ? versions : folder;
        Path above = environment || folder.getParent() == null ? folder : folder.getParent();
        return new Layout(
                location.folder().toString(), folder, root, above.resolve("env.py"), List.of(scripts), false, false,
                Options.UNREAD,
                holdsScripts(scripts) ? List.of() : List.of(nothingIn(location.folder(), folder)));
    }

    /** No script is no fault in itself, but mostly a folder named one too high. */
    private static NoScripts nothingIn(Path named, Path folder) {
        return new NoScripts(new Place(named.toString()),
                below(folder).stream().map(found -> named.resolve(folder.relativize(found)).toString()).toList());
    }

    /** Folders {@code versions} within a folder, not far below it, that hold scripts. */
    private static List<Path> below(Path folder) {
        try (Stream<Path> inside = Files.find(folder, 3, (path, attributes) -> attributes.isDirectory()
                && path.endsWith("versions")
                && holdsScripts(path))) {
            return inside.sorted().limit(5).toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    private static boolean holdsScripts(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(".py"));
        } catch (IOException | UncheckedIOException unreadable) {
            // That it cannot be read is said where it is read.
            return true;
        }
    }
}
