package dev.migrationledger.contracts.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevisionTest {

    private static final SemanticDigest CODE = new SemanticDigest(1, "1".repeat(64), false, false);
    private static final SemanticDigest OTHER = new SemanticDigest(1, "2".repeat(64), false, false);
    private static final SemanticDigest OF_OTHER_FORM = new SemanticDigest(2, "1".repeat(64), false, false);

    @Test
    void equal_bytes_are_one_file_whoever_read_them() {
        assertThat(file("aa", CODE).compare(file("aa", OF_OTHER_FORM))).isEqualTo(FileComparison.SAME_FILE);
    }

    @Test
    void files_with_one_code_mean_the_same_only_if_they_declare_the_same() {
        assertThat(file("aa", CODE).compare(file("bb", CODE))).isEqualTo(FileComparison.SAME_MEANING);
        assertThat(file("aa", CODE).compare(file("bb", OTHER))).isEqualTo(FileComparison.DIFFERENT);
        Revision moved = new Revision("r", List.of("q"), List.of(), List.of(), null, "r.py", "bb", CODE);
        assertThat(file("aa", CODE).compare(moved)).isEqualTo(FileComparison.DIFFERENT);
        assertThat(file("aa", CODE).doesTheSame(moved)).as("other files may matter").isFalse();
    }

    @Test
    void digests_of_two_forms_are_not_comparable_and_never_different() {
        assertThat(file("aa", CODE).compare(file("bb", OF_OTHER_FORM))).isEqualTo(FileComparison.NOT_COMPARABLE);
        assertThat(file("aa", null).compare(file("new:bb", null))).isEqualTo(FileComparison.NOT_COMPARABLE);
    }

    @Test
    void what_nobody_could_read_is_compared_by_its_bytes() {
        assertThat(file("aa", CODE).compare(file("bb", null))).isEqualTo(FileComparison.DIFFERENT);
        assertThat(file("aa", null).compare(file("bb", null))).isEqualTo(FileComparison.DIFFERENT);
    }

    private static Revision file(String digest, @Nullable SemanticDigest semantics) {
        return new Revision("r", List.of("p"), List.of(), List.of(), "message of " + digest, "r.py", digest, semantics);
    }
}
