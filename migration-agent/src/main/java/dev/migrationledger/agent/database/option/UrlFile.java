package dev.migrationledger.agent.database.option;

import dev.migrationledger.agent.cli.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A file that holds a URL with its password. */
final class UrlFile {

    /** Bytes. A URL has a few hundred. */
    private static final long LARGEST = 1 << 16;

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private UrlFile() {}

    /** Its first line; fails with wrong usage where others may read it, or where there is none. */
    static String read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                throw CommandFailure.usage(
                        "--database-file '%s' is not a file with a URL; name a file that has it in its first line."
                                .formatted(file));
            }
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
                throw CommandFailure.usage(
                        "Others may read or write '%s', which holds a password; run 'chmod 600' on it."
                                .formatted(file));
            }
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                String line = reader.readLine();
                if (line == null || line.isBlank()) {
                    throw CommandFailure.usage("The first line of '%s' is empty; write the URL there.".formatted(file));
                }
                return line.strip();
            }
        } catch (IOException e) {
            throw CommandFailure
                    .usage("--database-file '%s' cannot be read; allow this user to read it.".formatted(file));
        }
    }
}
