package dev.migrationledger.agent.git;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.text.ListText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the commit that is checked out and another one would be together. Only files that can matter to a history are there, as Git stores them:
 * without the filters that a checkout would run. The repository gets a few objects that nothing names, and its working tree stays as it is.
 */
public final class MergedTree {

    private static final Set<String> ENDINGS = Set.of(".py", ".ini", ".toml", ".cfg", ".mako", ".sql");

    private static final int NAMED = 4;

    /** Objects that are asked for at once: their names fit into a pipe, so Git can answer before all of them are read. */
    private static final int AT_ONCE = 200;

    /** A file, with its object and its name. */
    private static final Pattern FILE = Pattern.compile("100\\d{3} blob ([0-9a-f]+)\\t(.+)", Pattern.DOTALL);

    private final GitProgram git;
    private final String tree;
    private final Path prefix;

    private MergedTree(GitProgram git, String tree, Path prefix) {
        this.git = git;
        this.tree = tree;
        this.prefix = prefix;
    }

    private record Blob(String object, Path name) {}

    /**
     * Merges, without a commit; fails with wrong usage where there is no such commit, and with unknown where Git finds conflicts.
     *
     * @param workingDirectory in the repository
     * @param base branch or commit
     */
    public static MergedTree of(Path workingDirectory, String base) {
        GitProgram git = new GitProgram(workingDirectory);
        String prefix = text(git, "rev-parse", "--show-prefix").orElseThrow(() -> CommandFailure.usage(
                "'%s' is in no Git repository, or Git is not installed; leave --base out.".formatted(
                        Paint.plain(workingDirectory.toString()))));
        if (base.startsWith("-") || text(git, "rev-parse", "--verify", "--quiet", base + "^{commit}").isEmpty()) {
            throw CommandFailure.usage("Git does not know '%s'; fetch it, or name another branch or commit."
                    .formatted(Paint.plain(base)));
        }
        GitProgram.Result merged = git.run(new byte[0], "merge-tree", "--write-tree", "--name-only", "--no-messages",
                base, "HEAD").orElseThrow(() -> cannotMerge(base, "it takes too long"));
        List<String> lines = new String(merged.bytes(), StandardCharsets.UTF_8).lines().toList();
        if (merged.exitCode() == 1) {
            List<String> files = lines.stream().skip(1).filter(line -> !line.isBlank()).toList();
            throw cannotMerge(base,
                    files.isEmpty() ? "they conflict" : "they conflict in " + ListText.and(files, NAMED));
        }
        if (merged.exitCode() != 0 || lines.isEmpty()) {
            throw cannotMerge(base, "that needs Git 2.38 or newer");
        }
        return new MergedTree(git, lines.getFirst(), Path.of(prefix));
    }

    private static CommandFailure cannotMerge(String base, String why) {
        return CommandFailure.unknown("Git cannot merge HEAD and '%s': %s. Resolve that first.".formatted(
                Paint.plain(base), Paint.plain(why)));
    }

    private static Optional<String> text(GitProgram git, String... command) {
        return git.output(command).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    }

    /**
     * Writes its files.
     *
     * @return where in it the working directory is
     */
    public Path write(Path folder) throws IOException {
        List<Blob> blobs = git.output("ls-tree", "-r", "-z", "--full-tree", tree).stream()
                .flatMap(all -> Stream.of(new String(all, StandardCharsets.UTF_8).split("\0")))
                .map(FILE::matcher).filter(Matcher::matches)
                .filter(file -> ENDINGS.stream().anyMatch(file.group(2)::endsWith))
                .map(file -> new Blob(file.group(1), folder.resolve(file.group(2)).normalize()))
                .filter(blob -> blob.name().startsWith(folder))
                .toList();
        for (int from = 0; from < blobs.size(); from += AT_ONCE) {
            write(blobs.subList(from, Math.min(blobs.size(), from + AT_ONCE)));
        }
        return Files.createDirectories(folder.resolve(prefix));
    }

    private void write(List<Blob> blobs) throws IOException {
        String names = blobs.stream().map(blob -> blob.object() + "\n").collect(Collectors.joining());
        byte[] all = git.run(names.getBytes(StandardCharsets.UTF_8), "cat-file", "--batch=%(objectsize)")
                .filter(result -> result.exitCode() == 0).map(GitProgram.Result::bytes)
                .orElseThrow(() -> new IOException("Git does not give them"));
        int at = 0;
        for (Blob blob : blobs) {
            int line = at;
            while (line < all.length && all[line] != '\n') {
                line++;
            }
            String size = new String(all, at, line - at, StandardCharsets.US_ASCII);
            if (!size.matches("\\d{1,9}")) {
                throw new IOException("Git lacks " + blob.object());
            }
            int begin = line + 1;
            at = begin + Integer.parseInt(size);
            Files.createDirectories(blob.name().resolveSibling(""));
            Files.write(blob.name(), Arrays.copyOfRange(all, begin, at));
            at++;
        }
    }
}
