package dev.migrationledger.agent.tool;

import java.nio.file.Path;

/** Where migration scripts are, as the operator said it. */
public sealed interface ScriptsLocation {

    /** What relative paths are relative to; absolute. */
    Path workingDirectory();

    /**
     * A configuration file that says where the scripts are.
     *
     * @param file as typed
     * @param section of the file that is meant, such as {@code alembic}
     */
    record Config(Path file, String section, Path workingDirectory) implements ScriptsLocation {
        public Config {
            workingDirectory = workingDirectory.toAbsolutePath();
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * The folder itself: one with scripts, or one whose folder {@code versions} has them.
     *
     * @param folder as typed
     */
    record Folder(Path folder, Path workingDirectory) implements ScriptsLocation {
        public Folder {
            workingDirectory = workingDirectory.toAbsolutePath();
        }

        @Override
        public String toString() {
            return folder.toString();
        }
    }
}
