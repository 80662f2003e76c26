package dev.migrationledger.agent.tool;

import dev.migrationledger.agent.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the scripts are, the same in every command: use as a picocli mixin. */
public final class ScriptsOptions {

    /** The file that Alembic itself looks for. */
    private static final String DEFAULT_CONFIG = "alembic.ini";

    /** Where Alembic looks for what that file does not say. */
    private static final String PYPROJECT = "pyproject.toml";

    /** Alembic's own way to name another file. */
    private static final String CONFIG_VARIABLE = "ALEMBIC_CONFIG";

    @Option(names = {"-c",
        "--config"}, paramLabel = "FILE", description = "Alembic's configuration file (default: $ALEMBIC_CONFIG, else alembic.ini and pyproject.toml here). Repeat it to give both an ini and a pyproject.toml; the ini takes precedence.")
    private @Nullable List<String> config;

    @Option(names = {"-n",
        "--name"}, paramLabel = "SECTION", defaultValue = "alembic", description = "Section of the ini file (default: ${DEFAULT-VALUE}).")
    private String section = "alembic";

    @Option(names = "--scripts", paramLabel = "DIR", description = "Folder of the migration scripts, instead of --config. Reads no subfolders; for those, use a configuration with recursive_version_locations.")
    private @Nullable String scripts;

    @Option(names = "-x", paramLabel = "ARGUMENT", description = "An argument of Alembic's own -x, such as tenant=acme; repeatable. Repair commands include it, unless it looks like a secret.")
    private List<String> arguments = new ArrayList<>();

    private final Path workingDirectory;
    private final Map<String, String> environment;

    public ScriptsOptions() {
        this(Path.of(""), System.getenv());
    }

    /** With another working directory and other environment variables than the process has. */
    public ScriptsOptions(Path workingDirectory, Map<String, String> environment) {
        this.workingDirectory = workingDirectory.toAbsolutePath();
        this.environment = Map.copyOf(environment);
    }

    /** Where the scripts are; fails with wrong usage if that cannot be said. */
    public ScriptsLocation location() {
        if (scripts != null) {
            if (config != null) {
                throw CommandFailure.usage("--config and --scripts exclude each other; give only one of them.");
            }
            return new ScriptsLocation.Folder(path("--scripts", scripts), workingDirectory, arguments);
        }
        return config();
    }

    /** Where the scripts are, for commands that do without; absent where nothing names them and nothing lies in the usual place. */
    public Optional<ScriptsLocation> locationIfAny() {
        String variable = environment.getOrDefault(CONFIG_VARIABLE, "");
        boolean named = scripts != null || config != null || !variable.isEmpty();
        return named || ifThere(Path.of(DEFAULT_CONFIG)) != null || configuresAlembic(Path.of(PYPROJECT))
                ? Optional.of(location())
                : Optional.empty();
    }

    /** Most projects have a pyproject.toml that says nothing of Alembic. */
    private boolean configuresAlembic(Path pyproject) {
        try {
            return Files.readString(workingDirectory.resolve(pyproject)).contains("tool.alembic");
        } catch (IOException e) {
            return false;
        }
    }

    private ScriptsLocation.Config config() {
        Path ini = null;
        Path pyproject = null;
        for (Path named : named()) {
            if (isPyproject(named)) {
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
            ini = ifThere(Path.of(DEFAULT_CONFIG));
        }
        if (pyproject == null) {
            pyproject = beside(ini);
        }
        if (ini == null && pyproject == null) {
            // Flask-Migrate's, and many others, lie beside their env.py.
            Path below = ifThere(Path.of("migrations", DEFAULT_CONFIG));
            throw CommandFailure.usage(below != null
                    ? "There is no %s in %s; name the one that is there with --config %s."
                            .formatted(DEFAULT_CONFIG, workingDirectory, below)
                    : "There is no %s in %s; go to the folder that has one, or name it with --config FILE, or the scripts with --scripts DIR."
                            .formatted(DEFAULT_CONFIG, workingDirectory));
        }
        return new ScriptsLocation.Config(ini, pyproject, section, workingDirectory, arguments);
    }

    private List<Path> named() {
        if (config != null) {
            return config.stream().map(value -> path("--config", value)).toList();
        }
        String variable = environment.get(CONFIG_VARIABLE);
        return variable == null || variable.isEmpty() ? List.of() : List.of(path(CONFIG_VARIABLE, variable));
    }

    private static Path only(@Nullable Path before, Path named, String kind) {
        if (before != null) {
            throw CommandFailure.usage("'%s' and '%s' cannot both be the %s; name one.".formatted(before, named, kind));
        }
        return named;
    }

    private static boolean isPyproject(Path file) {
        return file.endsWith(PYPROJECT);
    }

    private @Nullable Path ifThere(Path file) {
        return Files.exists(workingDirectory.resolve(file)) ? file : null;
    }

    /** Alembic looks into the working directory, where most people stand beside the ini. */
    private @Nullable Path beside(@Nullable Path ini) {
        Path here = ifThere(Path.of(PYPROJECT));
        return here != null || ini == null ? here : ifThere(ini.resolveSibling(PYPROJECT));
    }

    private static Path path(String option, String value) {
        try {
            if (!value.isBlank()) {
                return Path.of(value);
            }
        } catch (InvalidPathException e) {
            throw CommandFailure.usage("%s '%s' cannot be a path: %s.".formatted(option, value, e.getReason()));
        }
        throw CommandFailure.usage("%s is empty; name a path or leave it out.".formatted(option));
    }
}
