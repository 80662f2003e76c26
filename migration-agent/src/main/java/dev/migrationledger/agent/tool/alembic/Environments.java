package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.Setting;
import dev.migrationledger.agent.tool.Setting.Unset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What an ini file says of the database, put right by what {@code env.py} makes of it. */
final class Environments {

    /** Such a file has a few kilobytes. */
    private static final long LARGEST = 1 << 20;

    private Environments() {}

    /**
     * Alembic itself reads of the ini neither the URL nor the version table's name: {@code env.py} hands them over, or something else.
     *
     * @param urlProblem why the ini's URL cannot be read
     */
    static DatabaseTarget target(
            DatabaseTarget ini, @Nullable String urlProblem, Layout layout) {
        Path file = layout.environment();
        EnvironmentScript script = file == null ? null : read(file, layout);
        if (file == null || script == null) {
            return new DatabaseTarget(ini.url(), ini.urlOrigin(), urlProblem, ini.versionTable(),
                    ini.versionTableSchema(), Unset.UNSET, null, false, false);
        }
        boolean own = script.url() != Unset.UNSET;
        return new DatabaseTarget(
                own ? script.url() : ini.url(),
                own ? layout.name(file) : ini.urlOrigin(),
                own ? null : urlProblem,
                handedOver(script.versionTable(), ini.versionTable(), script),
                handedOver(script.versionTableSchema(), ini.versionTableSchema(), script),
                script.searchPath(),
                script.width(),
                script.isComplete(),
                script.readsArguments());
    }

    /** What env.py computes, it most likely takes from the ini, if that has the option. */
    private static Setting handedOver(Setting environment, Setting ini, EnvironmentScript script) {
        boolean open = environment instanceof Setting.Computed || !script.isComplete();
        return open && ini != Unset.UNSET ? ini : environment;
    }

    /** Absent: there is none. */
    private static @Nullable EnvironmentScript read(Path file, Layout layout) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        String name = layout.name(file);
        try {
            if (Files.size(file) > LARGEST) {
                return EnvironmentScript.unreadable(name);
            }
            byte[] bytes = Files.readAllBytes(file);
            return FileReading.orElse(() -> EnvironmentScript.of(name, bytes, new ProjectModules(file, layout)),
                    reason -> EnvironmentScript.unreadable(name));
        } catch (IOException e) {
            return EnvironmentScript.unreadable(name);
        }
    }
}
