package dev.migrationledger.agent.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The commit that a folder is checked out at, read from Git's own files: there need be no git. */
final class GitCommit {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    /** A branch that leads to a branch that leads to … is no branch. */
    private static final int DEEPEST = 5;

    private GitCommit() {}

    /** Nothing outside of a repository, and nothing where it cannot be read. */
    static Optional<String> at(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.exists(git)) {
                try {
                    return resolved("HEAD", repository(git), DEEPEST);
                } catch (IOException | InvalidPathException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** In a worktree or submodule {@code .git} is a file that says where the repository is. */
    private static Path repository(Path git) throws IOException {
        if (Files.isDirectory(git)) {
            return git;
        }
        return git.resolveSibling(line(git).replaceFirst("^gitdir:\\s*", ""));
    }

    private static Optional<String> resolved(String name, Path repository, int depth) throws IOException {
        Path shared = repository.resolve("commondir");
        Path common = Files.exists(shared) ? repository.resolve(line(shared)) : repository;
        for (Path place : new Path[]{repository, common}) {
            Path file = place.resolve(name);
            if (Files.isRegularFile(file)) {
                String content = line(file);
                return content.startsWith("ref:") && depth > 0
                        ? resolved(content.substring(4).strip(), repository, depth - 1)
                        : hash(content);
            }
        }
        Path packed = common.resolve("packed-refs");
        if (!Files.isRegularFile(packed)) {
            return Optional.empty();
        }
        return Files.readAllLines(packed).stream()
                .filter(line -> line.endsWith(" " + name))
                .findFirst()
                .flatMap(line -> hash(line.substring(0, line.indexOf(' '))));
    }

    private static Optional<String> hash(String text) {
        return HASH.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static String line(Path file) throws IOException {
        return Files.readString(file).lines().findFirst().orElse("").strip();
    }
}
