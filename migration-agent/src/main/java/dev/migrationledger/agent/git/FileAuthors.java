package dev.migrationledger.agent.git;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who wrote a file, by the commits that changed it, also under former names. */
public final class FileAuthors {

    private static final char RECORD = '\u001e';
    private static final char FIELD = '\u001f';
    private static final Pattern PERSON = Pattern.compile("(.*?)\\s*<([^<>]*)>\\s*");

    /** What a commit did to the file: {@code A}, {@code M}, {@code R100} from another name, {@code C060} of another file. */
    private static final Pattern COPIED = Pattern.compile("(?m)^C\\d*\\t");

    private FileAuthors() {}

    /**
     * A person as a commit names them, which is not proved.
     *
     * @param name after the repository's {@code .mailmap}
     * @param address likewise; may be empty
     */
    public record Author(String name, String address) {}

    /**
     * The authors of a file, those whom a commit names as co-authors among them; the latest first.
     *
     * @param file absolute
     * @param bytes of the file as they were read
     * @return absent where it is not known: there is no Git or no repository, or these bytes are not the ones that are checked out
     */
    public static Optional<List<Author>> of(Path file, byte[] bytes) {
        Path folder = file.getParent();
        Path name = file.getFileName();
        if (folder == null || name == null) {
            return Optional.empty();
        }
        GitProgram git = new GitProgram(folder);
        Optional<byte[]> committed = git.output("cat-file", "blob", "HEAD:./" + name);
        if (committed.isEmpty() || !Arrays.equals(committed.get(), bytes)) {
            return Optional.empty();
        }
        // Without its own format of signatures and differences Git calls no program for either.
        return git.output("log", "--follow", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--name-status",
                "--format=%x1e%aN%x1f%aE%x1f%(trailers:key=Co-authored-by,valueonly,separator=%x1f)%x1f", "--",
                "./" + name)
                .map(log -> authors(new String(log, StandardCharsets.UTF_8)))
                .filter(authors -> !authors.isEmpty());
    }

    /** Up to the commit that made the file: Git goes on with the file that it takes it for a copy of. */
    private static List<Author> authors(String log) {
        Set<Author> authors = new LinkedHashSet<>();
        for (String commit : log.split(String.valueOf(RECORD), -1)) {
            List<String> fields = new ArrayList<>(List.of(commit.split(String.valueOf(FIELD), -1)));
            if (fields.size() < 3) {
                continue;
            }
            authors.add(new Author(fields.get(0).strip(), fields.get(1).strip()));
            for (String person : fields.subList(2, fields.size() - 1)) {
                Matcher written = PERSON.matcher(person);
                if (written.matches()) {
                    authors.add(new Author(written.group(1), written.group(2)));
                }
            }
            if (COPIED.matcher(fields.getLast()).find()) {
                break;
            }
        }
        return List.copyOf(authors);
    }
}
