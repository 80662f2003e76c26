package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.contracts.scripts.ScriptProblem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a project's scripts are.
 *
 * @param source as the operator named it
 * @param base absolute; what files are named relative to
 * @param root absolute; the project's own modules are looked for below it
 * @param environment the absolute path of {@code env.py}, whether or not there is one; absent: nobody knows where it should be
 * @param folders absolute; read in this order
 * @param recursive whether folders within them count
 * @param sourceless whether compiled files without their source count
 * @param options what a script finds that asks the configuration
 * @param problems what is wrong with all that
 */
record Layout(
        String source,
        Path base,
        Path root,
        @Nullable Path environment,
        List<Path> folders,
        boolean recursive,
        boolean sourceless,
        Options options,
        List<? extends ScriptProblem> problems) {

    Layout {
        folders = List.copyOf(folders);
        problems = List.copyOf(problems);
    }

    /** A file as people and events name it: relative to {@link #base}, with {@code /}. */
    String name(Path file) {
        Path root = file.getRoot();
        Path relative = root != null && root.equals(base.getRoot()) ? base.relativize(file) : file;
        String name = relative.toString().replace('\\', '/');
        return name.isEmpty() ? "." : name;
    }
}
