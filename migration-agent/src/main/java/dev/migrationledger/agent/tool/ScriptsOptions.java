package dev.migrationledger.agent.tool;

import dev.migrationledger.agent.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the scripts are, the same in every command: use as a picocli mixin. */
public final class ScriptsOptions {

    /** The file that Alembic itself looks for. */
    private static final String DEFAULT_CONFIG = "alembic.ini";

    /** Alembic's own way to name another file. */
    private static final String CONFIG_VARIABLE = "ALEMBIC_CONFIG";

    @Option(names = "--config", paramLabel = "FILE", description = "Alembic's configuration file (default: $ALEMBIC_CONFIG, then ./alembic.ini).")
    private @Nullable String config;

    @Option(names = {"-n",
        "--name"}, paramLabel = "SECTION", defaultValue = "alembic", description = "Section of the configuration file (default: ${DEFAULT-VALUE}).")
    private String section = "alembic";

    @Option(names = "--scripts", paramLabel = "DIR", description = "Folder of the migration scripts, instead of a configuration file.")
    private @Nullable String scripts;

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
                throw CommandFailure.usage("--config and --scripts exclude each other; give the one that is meant.");
            }
            return new ScriptsLocation.Folder(path("--scripts", scripts), workingDirectory);
        }
        return new ScriptsLocation.Config(configFile(), section, workingDirectory);
    }

    /** Where the scripts are, for commands that do without; absent where nothing names them and nothing lies in the usual place. */
    public Optional<ScriptsLocation> locationIfAny() {
        String variable = environment.getOrDefault(CONFIG_VARIABLE, "");
        boolean named = scripts != null || config != null || !variable.isEmpty();
        return named || Files.exists(workingDirectory.resolve(DEFAULT_CONFIG))
                ? Optional.of(location())
                : Optional.empty();
    }

    private Path configFile() {
        if (config != null) {
            return path("--config", config);
        }
        String named = environment.get(CONFIG_VARIABLE);
        if (named != null && !named.isEmpty()) {
            return path(CONFIG_VARIABLE, named);
        }
        Path file = Path.of(DEFAULT_CONFIG);
        if (Files.notExists(workingDirectory.resolve(file))) {
            throw CommandFailure.usage(
                    "There is no %s in %s; go to the folder that has one, or name it with --config FILE, or the scripts with --scripts DIR."
                            .formatted(DEFAULT_CONFIG, workingDirectory));
        }
        return file;
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
