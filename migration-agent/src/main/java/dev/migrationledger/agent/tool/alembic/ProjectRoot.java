package dev.migrationledger.agent.tool.alembic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder below which a project's own modules and files are looked for. */
final class ProjectRoot {

    /** Folders above the one that is known to be of the project. */
    private static final int FURTHEST = 5;

    /** What stands only in the top folder of a project. */
    private static final List<String> MARKS = List.of(".git", "pyproject.toml", "setup.py", "setup.cfg");

    private ProjectRoot() {}

    /** The top folder of the project of which a folder is part; that folder itself where nothing tells of one above. */
    static Path above(Path folder) {
        Path root = folder;
        Path at = folder;
        for (int i = 0; i <= FURTHEST && at != null; i++) {
            Path here = at;
            if (MARKS.stream().anyMatch(mark -> has(here, mark))) {
                return here;
            }
            at = at.getParent();
            if (at != null && has(here, "__init__.py")) {
                root = at;
            }
        }
        return root;
    }

    private static boolean has(Path folder, String name) {
        return Files.exists(folder.resolve(name));
    }
}
