package dev.migrationledger.agent.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where migration scripts are, as the operator said it. */
public sealed interface ScriptsLocation {

    /** What relative paths are relative to; absolute. */
    Path workingDirectory();

    /** The file that says where the scripts are, or their folder; as typed. */
    Path named();

    /** The folder that files are named relative to; as typed. */
    Path base();

    /** What the tool is called with, such as {@code tenant=acme} of Alembic's {@code -x}. */
    List<String> arguments();

    /**
     * Configuration files that say where the scripts are: at least one of the two.
     *
     * @param file the ini file, as typed; absent where there is only the other
     * @param pyproject {@code pyproject.toml}, as typed, which is asked for what the ini does not say; absent where there is none
     * @param section of the ini file that is meant, such as {@code alembic}
     */
    record Config(@Nullable Path file, @Nullable Path pyproject, String section, Path workingDirectory,
            List<String> arguments) implements ScriptsLocation {
        public Config {
            arguments = List.copyOf(arguments);
            workingDirectory = workingDirectory.toAbsolutePath();
            if (file == null && pyproject == null) {
                throw new IllegalArgumentException("no configuration file is named");
            }
        }

        /** Without arguments. */
        public Config(@Nullable Path file, @Nullable Path pyproject, String section, Path workingDirectory) {
            this(file, pyproject, section, workingDirectory, List.of());
        }

        /** An ini file alone. */
        public Config(Path file, String section, Path workingDirectory) {
            this(file, null, section, workingDirectory);
        }

        /** The file that people mean: the ini, if there is one. */
        @Override
        public Path named() {
            return Objects.requireNonNull(file == null ? pyproject : file);
        }

        @Override
        public Path base() {
            return Objects.requireNonNullElse(named().getParent(), Path.of(""));
        }

        @Override
        public String toString() {
            return named().toString();
        }
    }

    /**
     * The folder itself: one with scripts, or one whose folder {@code versions} has them.
     *
     * @param folder as typed
     */
    record Folder(Path folder, Path workingDirectory, List<String> arguments) implements ScriptsLocation {
        public Folder {
            workingDirectory = workingDirectory.toAbsolutePath();
            arguments = List.copyOf(arguments);
        }

        /** Without arguments. */
        public Folder(Path folder, Path workingDirectory) {
            this(folder, workingDirectory, List.of());
        }

        @Override
        public Path named() {
            return folder;
        }

        @Override
        public Path base() {
            return folder;
        }

        @Override
        public String toString() {
            return folder.toString();
        }
    }
}
