package dev.migrationledger.agent.cli;

import dev.migrationledger.agent.cli.CodeQuality.Issue;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for a code quality report, the same in every command: use as a picocli mixin. */
public final class CodeQualityOptions {

    @Option(names = "--code-quality", paramLabel = "FILE", description = "Writes what is wrong to this file, as GitLab shows it in merge requests ('artifacts: reports: codequality').")
    private @Nullable String file;

    /**
     * Empties the file, before a command does anything: a report of an earlier run must not stay if this one fails. Fails with wrong usage
     * if it cannot be written.
     */
    public void prepare(Path workingDirectory) {
        if (file != null) {
            write(workingDirectory, file, "");
        }
    }

    /**
     * Writes the report, if it is asked for.
     *
     * @param variables of the process: GitLab says in one where the repository is, which paths are relative to
     */
    public void write(Path workingDirectory, Map<String, String> variables, Supplier<List<Issue>> issues) {
        if (file != null) {
            List<Path> folders = Stream.concat(
                    Stream.ofNullable(variables.get("CI_PROJECT_DIR")).map(Path::of).filter(Path::isAbsolute),
                    Stream.of(workingDirectory)).toList();
            write(workingDirectory, file, CodeQuality.json(folders, issues.get()));
        }
    }

    private static void write(Path workingDirectory, String file, String text) {
        try {
            Files.writeString(workingDirectory.resolve(file), text);
        } catch (IOException | InvalidPathException e) {
            // As it was typed: a path has lost one of the slashes by which a URL with a password is known.
            throw CommandFailure.usage("--code-quality cannot write '%s': %s. Name another file.".formatted(
                    Paint.plain(file), why(e)));
        }
    }

    private static String why(Exception failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "its folder does not exist";
            case AccessDeniedException _ -> "this user may not write there";
            case FileSystemException it when it.getReason() != null -> it.getReason();
            case IOException it -> String.valueOf(it.getMessage());
            default -> "it is not a path";
        };
    }
}
