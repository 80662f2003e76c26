package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.scripts.ConfigProblem.*;
import dev.migrationledger.contracts.scripts.Place;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the folder that a configuration names.
 *
 * @param workingDirectory what Alembic itself resolves from
 * @param configFolder where people look who read the configuration
 * @param importFolders where Python looks for packages first; absolute
 * @param place of the option that names it
 */
record NamedFolder(Path workingDirectory, Path configFolder, List<Path> importFolders, Place place) {

    /**
     * The folder, absolute. It need not exist where only its parent was named.
     *
     * @param note told what another reader of the configuration could trip over
     * @throws NotFound if there is no such folder
     */
    Path resolve(String named, Consumer<ConfigProblem> note) throws NotFound {
        try {
            Path path = Path.of(named);
            if (!path.isAbsolute() && named.contains(":")) {
                return inPackage(named);
            }
            Path there = workingDirectory.resolve(path).normalize();
            Path beside = configFolder.resolve(path).normalize();
            boolean here = Files.isDirectory(there);
            if (!there.equals(beside) && Files.isDirectory(beside)) {
                note.accept(here ? new FolderAmbiguous(place, named) : new FolderBesideFile(place, named));
                return here ? there : beside;
            }
            if (here) {
                return there;
            }
            throw new NotFound(new FolderMissing(place, named));
        } catch (InvalidPathException e) {
            throw new NotFound(new InvalidPath(place, named, e.getReason()));
        }
    }

    /** {@code package.module:folder}: Alembic asks Python's import system; here the package must lie where its source does. */
    private Path inPackage(String named) throws NotFound {
        String[] parts = named.split(":", -1);
        List<Path> starts = new ArrayList<>(importFolders);
        starts.addAll(
                List.of(workingDirectory, configFolder, workingDirectory.resolve("src"), configFolder.resolve("src")));
        for (Path start : starts) {
            Path folder = start.resolve(parts[0].replace('.', '/'));
            for (int i = 1; i < parts.length; i++) {
                folder = folder.resolve(parts[i]);
            }
            if (Files.isDirectory(folder)) {
                return folder.normalize();
            }
        }
        throw new NotFound(new PackageNotFound(place, named, parts[0]));
    }

    /** There is no such folder. */
    static final class NotFound extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient ConfigProblem problem;

        NotFound(ConfigProblem problem) {
            this.problem = problem;
        }

        ConfigProblem problem() {
            return problem;
        }
    }
}
