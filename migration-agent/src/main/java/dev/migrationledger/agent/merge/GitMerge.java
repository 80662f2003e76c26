package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.text.ListText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Git would make of the commit that is checked out and another one, in a folder of its own: files that can matter to a history, and nothing
 * else. The repository and its working tree stay as they are, but for a few objects that nothing names.
 */
final class GitMerge implements AutoCloseable {

    private static final Set<String> ENDINGS = Set.of(".py", ".ini", ".toml", ".cfg", ".mako", ".sql");

    private static final int NAMED = 4;

    private final Path folder;
    private final Path prefix;

    private GitMerge(Path folder, Path prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    /**
     * Merges, without a commit.
     *
     * @param workingDirectory in the repository
     * @param base branch or commit
     */
    static GitMerge of(Path workingDirectory, String base) {
        Git git = new Git(workingDirectory, Map.of());
        Output inside = git.run("rev-parse", "--show-prefix");
        if (inside.exitCode != 0) {
            throw CommandFailure.usage("'%s' is in no Git repository; leave --base out, or call it in one.".formatted(
                    Paint.plain(workingDirectory.toString())));
        }
        if (base.startsWith("-") || git.run("rev-parse", "--verify", "--quiet", base + "^{commit}").exitCode != 0) {
            throw CommandFailure.usage("Git does not know '%s'; fetch it, or name another branch or commit."
                    .formatted(Paint.plain(base)));
        }
        Output merged = git.run("merge-tree", "--write-tree", "--name-only", "--no-messages", base, "HEAD");
        List<String> lines = merged.text.lines().toList();
        if (merged.exitCode == 1) {
            throw CommandFailure.unknown("Git cannot merge HEAD and '%s': %s. Resolve that first.".formatted(
                    Paint.plain(base), conflict(lines)));
        }
        if (merged.exitCode != 0 || lines.isEmpty()) {
            throw CommandFailure.unknown("Git cannot merge HEAD and '%s': %s".formatted(Paint.plain(base),
                    Paint.plain(merged.text.strip())));
        }
        return extract(git, lines.getFirst(), Path.of(inside.text.strip()));
    }

    private static String conflict(List<String> lines) {
        List<String> files = lines.stream().skip(1).filter(line -> !line.isBlank()).toList();
        return files.isEmpty()
                ? "they conflict"
                : "they conflict in " + Paint.plain(ListText.and(files, NAMED));
    }

    private static GitMerge extract(Git git, String tree, Path prefix) {
        try {
            Path folder = Files.createTempDirectory("migration-agent-merge");
            GitMerge merge = new GitMerge(folder, prefix);
            try {
                Path files = Files.createDirectory(folder.resolve("files"));
                Path top = Path.of(git.run("rev-parse", "--show-toplevel").text.strip());
                Git there = new Git(top, Map.of("GIT_INDEX_FILE", folder.resolve("index").toString()));
                there.checked("read-tree", tree);
                String names = String.join("\0",
                        Stream.of(there.checked("ls-files", "-z").text.split("\0"))
                                .filter(name -> ENDINGS.stream().anyMatch(name::endsWith)).toList());
                there.checked(names.getBytes(StandardCharsets.UTF_8), "checkout-index", "-z", "--stdin",
                        "--prefix=" + files + "/");
                Files.createDirectories(merge.workingDirectory());
                return merge;
            } catch (RuntimeException | IOException e) {
                merge.close();
                throw e;
            }
        } catch (IOException e) {
            throw CommandFailure.unknown("The merged scripts cannot be written to a temporary folder: %s.".formatted(
                    e.getMessage()));
        }
    }

    /** The folder of the merged files in which the command was called. */
    Path workingDirectory() {
        return folder.resolve("files").resolve(prefix);
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited,
                        @Nullable IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // It lies among temporary files, where it is deleted some day.
            return;
        }
    }

    private record Output(int exitCode, String text) {}

    private record Git(Path folder, Map<String, String> variables) {

        Output run(String... arguments) {
            return run(new byte[0], arguments);
        }

        Output checked(String... arguments) {
            return checked(new byte[0], arguments);
        }

        Output checked(byte[] input, String... arguments) {
            Output output = run(input, arguments);
            if (output.exitCode != 0) {
                throw CommandFailure.unknown("'git %s' failed: %s".formatted(arguments[0],
                        Paint.plain(output.text.strip())));
            }
            return output;
        }

        private Output run(byte[] input, String... arguments) {
            List<String> command = new ArrayList<>(List.of("git"));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(variables);
            try {
                Process git = builder.start();
                try (OutputStream in = git.getOutputStream()) {
                    in.write(input);
                }
                String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Output(git.waitFor(), text);
            } catch (IOException e) {
                throw CommandFailure.unknown("git cannot be started: %s. Install it, or leave --base out.".formatted(
                        e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CommandFailure.unknown("Interrupted while Git merged.");
            }
        }
    }
}
