package dev.migrationledger.contracts.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/divergences.md} against the list of codes. */
class DivergencesDocTest {

    @Test
    void every_code_has_its_section_in_the_order_of_the_codes() throws IOException {
        assertThat(sections().keySet())
                .containsExactlyElementsOf(Arrays.stream(DivergenceCode.values()).map(DivergenceCode::code).toList());
    }

    @Test
    void each_section_says_what_it_means_how_it_is_recognised_and_how_it_is_repaired() throws IOException {
        sections().forEach((code, text) -> {
            String words = text.replaceAll("\\s+", " ");
            assertThat(words.indexOf(" *Recognised:* ")).as("the meaning of " + code).isGreaterThan(40);
            assertThat(words.indexOf(" *Repair:* ")).as("the repair of " + code)
                    .isGreaterThan(words.indexOf(" *Recognised:* "));
        });
    }

    /** The text under each heading, by code. */
    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        String code = null;
        for (String line : Files.readAllLines(Path.of("../docs/divergences.md"))) {
            if (line.startsWith("#")) {
                code = line.startsWith("### `") ? line.substring("### `".length(), line.length() - 1) : null;
            } else if (code != null) {
                sections.merge(code, line, (above, below) -> above + "\n" + below);
            }
        }
        return sections;
    }
}
