package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.ConfigRequest;
import dev.migrationledger.agent.tool.ScriptsLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the configuration as Alembic itself does: an ini file, a {@code pyproject.toml}, or both. */
record ConfigSearch(ConfigRequest request) {

    /** The section of the ini file, unless a user names another one. */
    static final String SECTION = "alembic";

    private static final Path INI = Path.of(AlembicInvocation.INI);

    /** Where Alembic looks for what the ini does not say. */
    private static final Path PYPROJECT = Path.of("pyproject.toml");

    /** Alembic's own way to name another file. */
    private static final String VARIABLE = "ALEMBIC_CONFIG";

    /** Fails with wrong usage if there is none. */
    ScriptsLocation.Config location() {
        Path ini = null;
        Path pyproject = null;
        for (Path named : named()) {
            if (named.endsWith(PYPROJECT)) {
                pyproject = only(pyproject, named, "pyproject.toml");
            } else if (named.toString().endsWith(".toml")) {
                throw CommandFailure.usage(
                        "Alembic takes TOML from a file named pyproject.toml only, not from '%s'; rename it, or name the scripts with --scripts DIR."
                                .formatted(named));
            } else {
                ini = only(ini, named, "ini file");
            }
        }
        if (ini == null) {
            ini = request.existing(INI);
        }
        if (pyproject == null) {
            pyproject = beside(ini);
        }
        if (ini == null && pyproject == null) {
            // Flask-Migrate's, and many others, lie beside their env.py.
            Path below = request.existing(Path.of("migrations").resolve(INI));
            throw CommandFailure.usage(below != null
                    ? "There is no %s in %s; name the one that is there with --config %s."
                            .formatted(INI, request.workingDirectory(), below)
                    : "There is no %s in %s; go to the folder that has one, or name it with --config FILE, or the scripts with --scripts DIR."
                            .formatted(INI, request.workingDirectory()));
        }
        String section = request.section();
        return new ScriptsLocation.Config(ini, pyproject, section == null ? SECTION : section,
                request.workingDirectory(), request.arguments());
    }

    /** Whether a user names one, or one lies in the usual place. */
    boolean isAny() {
        return !named().isEmpty() || request.existing(INI) != null || configuresAlembic();
    }

    /** Most projects have a pyproject.toml that says nothing of Alembic. */
    private boolean configuresAlembic() {
        try {
            return Files.readString(request.workingDirectory().resolve(PYPROJECT)).contains("tool.alembic");
        } catch (IOException e) {
            return false;
        }
    }

    private List<Path> named() {
        if (!request.files().isEmpty()) {
            return request.files();
        }
        String variable = request.environment().getOrDefault(VARIABLE, "");
        return variable.isEmpty() ? List.of() : List.of(ConfigRequest.path(VARIABLE, variable));
    }

    private static Path only(@Nullable Path before, Path named, String kind) {
        if (before != null) {
            throw CommandFailure.usage("'%s' and '%s' cannot both be the %s; name one.".formatted(before, named, kind));
        }
        return named;
    }

    /** Alembic looks into the working directory, where most people stand beside the ini. */
    private @Nullable Path beside(@Nullable Path ini) {
        Path here = request.existing(PYPROJECT);
        return here != null || ini == null ? here : request.existing(ini.resolveSibling(PYPROJECT));
    }
}
