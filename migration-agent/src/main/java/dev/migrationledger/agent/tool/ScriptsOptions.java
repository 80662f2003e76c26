package dev.migrationledger.agent.tool;

import dev.migrationledger.agent.cli.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the scripts are, the same in every command: use as a picocli mixin. */
public final class ScriptsOptions {

    @Option(names = {"-c",
        "--config"}, paramLabel = "FILE", description = "Alembic's configuration file (default: $ALEMBIC_CONFIG, else alembic.ini and pyproject.toml here). Repeat it to give both an ini and a pyproject.toml; the ini takes precedence.")
    private @Nullable List<String> config;

    @Option(names = {"-n",
        "--name"}, paramLabel = "SECTION", description = "Section of the ini file (default: alembic).")
    private @Nullable String section;

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
        if (scripts == null) {
            return MigrationTools.configuration(request());
        }
        if (config != null) {
            throw CommandFailure.usage("--config and --scripts exclude each other; give only one of them.");
        }
        return new ScriptsLocation.Folder(ConfigRequest.path("--scripts", scripts), workingDirectory, arguments);
    }

    /** The same in another folder than that in which the command was called; fails with wrong usage if they are named by an absolute path. */
    public ScriptsLocation locationIn(Path folder) {
        List<String> named = new ArrayList<>(config == null ? List.of() : config);
        if (scripts != null) {
            named.add(scripts);
        }
        named.stream().filter(one -> Path.of(one).isAbsolute()).findFirst().ifPresent(one -> {
            throw CommandFailure.usage("'%s' is an absolute path; write it relative to this folder.".formatted(one));
        });
        ScriptsOptions there = new ScriptsOptions(folder, environment);
        there.config = config;
        there.section = section;
        there.scripts = scripts;
        there.arguments = arguments;
        return there.location();
    }

    /** The folder in which the command was called. */
    public Path workingDirectory() {
        return workingDirectory;
    }

    /** Where the scripts are, for commands that do without; absent where nothing names them and nothing lies in the usual place. */
    public Optional<ScriptsLocation> locationIfAny() {
        return scripts != null || MigrationTools.all().stream().anyMatch(tool -> tool.isConfigured(request()))
                ? Optional.of(location())
                : Optional.empty();
    }

    /** Whether an option names them. */
    public boolean isGiven() {
        return config != null || scripts != null;
    }

    private ConfigRequest request() {
        List<Path> files = config == null
                ? List.of()
                : config.stream().map(value -> ConfigRequest.path("--config", value)).toList();
        return new ConfigRequest(files, section, workingDirectory, environment, arguments);
    }
}
