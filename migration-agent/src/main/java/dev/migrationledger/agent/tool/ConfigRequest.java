package dev.migrationledger.agent.tool;

import dev.migrationledger.agent.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command says about a tool's configuration, for the tool to find it by.
 *
 * @param files as typed; empty: the tool looks in its usual places
 * @param section of the configuration; absent: the tool's usual one
 * @param workingDirectory what relative paths are relative to; absolute
 * @param environment variables of the process
 * @param arguments what the tool is called with
 */
public record ConfigRequest(
        List<Path> files,
        @Nullable String section,
        Path workingDirectory,
        Map<String, String> environment,
        List<String> arguments) {

    public ConfigRequest {
        files = List.copyOf(files);
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
    }

    /** A file in the working directory, relative to it, if it exists. */
    public @Nullable Path existing(Path file) {
        return Files.exists(workingDirectory.resolve(file)) ? file : null;
    }

    /**
     * A path that a user gave; fails with wrong usage if it cannot be one.
     *
     * @param origin where it was given: an option or a variable
     */
    public static Path path(String origin, String value) {
        try {
            if (!value.isBlank()) {
                return Path.of(value);
            }
        } catch (InvalidPathException e) {
            throw CommandFailure.usage("%s '%s' cannot be a path: %s.".formatted(origin, value, e.getReason()));
        }
        throw CommandFailure.usage("%s is empty; name a path or leave it out.".formatted(origin));
    }
}
