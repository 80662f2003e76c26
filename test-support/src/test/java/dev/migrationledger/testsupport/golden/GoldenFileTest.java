package dev.migrationledger.testsupport.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFileTest {

    @TempDir
    Path folder;

    @BeforeEach
    void nothing_is_rewritten() {
        assumeFalse(GoldenFile.updates(), "golden files are being rewritten");
    }

    @Test
    void what_differs_fails_and_rewrites_nothing() throws Exception {
        Path file = Files.writeString(folder.resolve("expected.txt"), "expected\n");

        assertThatCode(() -> GoldenFile.compare(file, "expected\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> GoldenFile.compare(file, "other\n")).isInstanceOf(AssertionError.class);
        assertThat(file).hasContent("expected\n");
    }

    @Test
    void a_file_that_is_missing_fails_and_is_not_made() {
        Path file = folder.resolve("missing.txt");

        assertThatThrownBy(() -> GoldenFile.compare(file, "text")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dgolden.update=true");
        assertThat(file).doesNotExist();
    }
}
