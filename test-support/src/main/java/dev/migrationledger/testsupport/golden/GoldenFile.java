package dev.migrationledger.testsupport.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A file that says what is expected: {@code -Dgolden.update=true} rewrites it, for a person to read the difference. */
public final class GoldenFile {

    private GoldenFile() {}

    /** Whether this run rewrites golden files. */
    public static boolean updates() {
        return Boolean.getBoolean("golden.update");
    }

    /** Holds a text against the file. */
    public static void compare(Path file, String actual) throws IOException {
        if (updates()) {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            Files.writeString(file, actual);
        }
        assertThat(file).as("golden file; -Dgolden.update=true writes one").exists();
        assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
    }
}
