package dev.migrationledger.agent.git;

import dev.migrationledger.contracts.revision.Author;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who wrote the files below a folder, by the commits that changed them, also under former names. Git is asked once for all of them: asking for each
 * one reads the whole history again.
 */
public final class FileAuthors {

    /** How often the history is read again because files came from yet another folder. */
    private static final int MOST_ROUNDS = 4;

    /** Names of commits that are asked for at once: they fit into a pipe, so Git can answer before all of them are read. */
    private static final int AT_ONCE = 1_000;

    private static final Pattern FILE = Pattern.compile("100\\d{3} blob ([0-9a-f]+)\\t(.+)", Pattern.DOTALL);

    private final Path folder;
    private final String prefix;
    private final Map<String, String> blobs;
    private final CommitLog log;

    private FileAuthors(Path folder, String prefix, Map<String, String> blobs, CommitLog log) {
        this.folder = folder;
        this.prefix = prefix;
        this.blobs = Map.copyOf(blobs);
        this.log = log;
    }

    /** Asks Git; nothing is known where there is no Git or no repository, or the history is too large. */
    public static FileAuthors below(Path folder) {
        GitProgram git = new GitProgram(folder);
        Optional<String> prefix = text(git, "rev-parse", "--show-prefix").map(FileAuthors::line);
        Map<String, String> blobs = blobs(git);
        return prefix.isEmpty() || blobs.isEmpty()
                ? new FileAuthors(folder, "", Map.of(), CommitLog.EMPTY)
                : new FileAuthors(folder, prefix.get(), blobs, log(git, blobs.keySet()));
    }

    /**
     * The authors of a file, those whom a commit names as co-authors among them; the latest first.
     *
     * @param file absolute
     * @param bytes of the file as they were read
     * @return absent where it is not known: these bytes are not the ones that are checked out, or the history does not reach back to who made the file
     */
    public Optional<List<Author>> of(Path file, byte[] bytes) {
        if (!file.startsWith(folder)) {
            return Optional.empty();
        }
        String name = prefix + folder.relativize(file).toString().replace('\\', '/');
        String blob = blobs.get(name);
        return blob == null || !blob.equals(blob(bytes, blob.length())) ? Optional.empty() : log.authors(name);
    }

    /** The objects of the files that are checked out, by name. */
    private static Map<String, String> blobs(GitProgram git) {
        Map<String, String> blobs = new HashMap<>();
        for (String file : text(git, "ls-tree", "-r", "-z", "--full-name", "HEAD").orElse("").split("\0", -1)) {
            Matcher matcher = FILE.matcher(file);
            if (matcher.matches()) {
                blobs.put(matcher.group(2), matcher.group(1));
            }
        }
        return blobs;
    }

    /** What changed below the folder, and below those from which its files came. */
    private static CommitLog log(GitProgram git, Set<String> names) {
        boolean shallow = !text(git, "rev-parse", "--is-shallow-repository").map(FileAuthors::line).orElse("")
                .equals("false");
        Set<String> folders = new TreeSet<>();
        CommitLog log = CommitLog.EMPTY;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Optional<CommitLog> read = log(git, folders, shallow);
            if (read.isEmpty()) {
                return CommitLog.EMPTY;
            }
            log = read.get();
            Optional<Set<String>> more = origins(git, log.makers(names));
            if (more.isEmpty()) {
                return CommitLog.EMPTY;
            }
            if (!folders.addAll(more.get())) {
                return log.withAddresses(mailmap(git, log.coAuthors()));
            }
        }
        return CommitLog.EMPTY;
    }

    private static Optional<CommitLog> log(GitProgram git, Set<String> folders, boolean shallow) {
        // Without its own format of signatures and differences Git calls no program for either.
        List<String> command = new ArrayList<>(List.of("log", "--topo-order", "--no-show-signature", "--no-ext-diff",
                "--no-textconv", "--no-color", "-M", "-c", "--combined-all-paths",
                "--name-status", "-z", "--format=" + CommitLog.FORMAT, "--",
                "."));
        folders.forEach(folder -> command.add(":(top,literal)" + folder));
        return git.output(command.toArray(String[]::new))
                .map(all -> CommitLog.of(new String(all, StandardCharsets.UTF_8), shallow));
    }

    /** Folders from which commits moved files, or files that lay in none; absent where Git does not say. */
    private static Optional<Set<String>> origins(GitProgram git, List<String> commits) {
        Set<String> folders = new TreeSet<>();
        for (int from = 0; from < commits.size(); from += AT_ONCE) {
            String asked = commits.subList(from, Math.min(commits.size(), from + AT_ONCE)).stream()
                    .map(commit -> commit + "\n").collect(Collectors.joining());
            Optional<GitProgram.Result> moved = git.run(asked.getBytes(StandardCharsets.US_ASCII), "diff-tree",
                    "--stdin", "-r", "-z", "-M", "--no-ext-diff", "--no-textconv", "--no-commit-id",
                    "--diff-filter=R", "--name-status").filter(result -> result.exitCode() == 0);
            if (moved.isEmpty()) {
                return Optional.empty();
            }
            String[] parts = new String(moved.get().bytes(), StandardCharsets.UTF_8).split("\0", -1);
            // How alike both are, the name before, the name after.
            for (int i = 0; i + 2 < parts.length; i += 3) {
                int end = parts[i + 1].lastIndexOf('/');
                folders.add(end < 0 ? parts[i + 1] : parts[i + 1].substring(0, end));
            }
        }
        return Optional.of(folders);
    }

    /** What {@code .mailmap} makes of persons who are written in messages. Git itself does so for authors. */
    private static Map<Author, Author> mailmap(GitProgram git, Set<Author> people) {
        List<Author> asked = List.copyOf(new LinkedHashSet<>(people));
        Map<Author, Author> mapped = new HashMap<>();
        for (int from = 0; from < asked.size(); from += AT_ONCE / 10) {
            List<Author> some = asked.subList(from, Math.min(asked.size(), from + AT_ONCE / 10));
            List<String> answers = git.run(some.stream().map(one -> "%s <%s>%n".formatted(one.name(), one.address()))
                    .collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8), "check-mailmap", "--stdin")
                    .filter(result -> result.exitCode() == 0)
                    .map(result -> new String(result.bytes(), StandardCharsets.UTF_8).lines().toList())
                    .orElse(List.of());
            for (int i = 0; i < Math.min(some.size(), answers.size()); i++) {
                Author one = some.get(i);
                CommitLog.person(answers.get(i)).ifPresent(now -> mapped.put(one, now));
            }
        }
        return mapped;
    }

    private static Optional<String> text(GitProgram git, String... command) {
        return git.output(command).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Without the end of its line: a folder's name may end with blanks. */
    private static String line(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** The name that Git gives to bytes. */
    private static String blob(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance(length == 40 ? "SHA-1" : "SHA-256");
            digest.update("blob %d\0".formatted(bytes.length).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
