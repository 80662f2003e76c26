package dev.migrationledger.contracts.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/divergences.md} against the list of codes. */
class DivergencesDocTest {

    @Test
    void every_section_is_a_code_and_the_sections_stand_in_the_order_of_the_codes() throws IOException {
        List<String> codes = Arrays.stream(DivergenceCode.values()).map(DivergenceCode::code).toList();
        List<String> sections = sections();
        assertThat(codes).containsAll(sections);
        assertThat(sections).isSortedAccordingTo((one, other) -> codes.indexOf(one) - codes.indexOf(other));
    }

    @Test
    void every_divergence_of_the_scripts_has_its_section() throws IOException {
        assertThat(sections()).containsAll(Arrays.stream(DivergenceCode.values())
                .filter(code -> code.compareTo(DivergenceCode.MULTIPLE_HEADS) <= 0)
                .map(DivergenceCode::code)
                .toList());
    }

    private static List<String> sections() throws IOException {
        return Files.readAllLines(Path.of("../docs/divergences.md")).stream()
                .filter(line -> line.startsWith("### `"))
                .map(line -> line.substring("### `".length(), line.length() - 1))
                .toList();
    }
}
