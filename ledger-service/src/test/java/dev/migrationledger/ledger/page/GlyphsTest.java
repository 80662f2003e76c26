package dev.migrationledger.ledger.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.text.Glyph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each sign has one meaning, in both programs. */
class GlyphsTest {

    /** Arrows (but for the one that joins names), mathematical signs, boxes, geometric shapes, symbols and dingbats. */
    private static final Pattern SIGN = Pattern.compile("[\\u2190-\\u23ff\\u25a0-\\u27bf\\u2900-\\u2bff&&[^\\u2192]]");

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");

    /** Where signs of something else are: pictures of a history, and reports. */
    private static final List<String> OTHERS = List.of("Glyph.java", "Picture.java", "ReportText.java",
            "GraphAnnotations.java");

    @Test
    void no_two_glyphs_share_a_sign_and_each_has_a_meaning() {
        assertThat(Glyph.values()).extracting(Glyph::sign).doesNotHaveDuplicates().allMatch(sign -> sign.length() == 1);
        assertThat(Glyph.values()).extracting(Glyph::meaning).doesNotHaveDuplicates().noneMatch(String::isBlank);
    }

    @Test
    void signs_of_pages_and_of_the_terminal_are_those_of_the_one_table() throws IOException {
        for (String module : List.of("api-contracts", "core", "migration-agent", "ledger-service")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (Path file : files.filter(it -> it.toString().endsWith(".java"))
                        .filter(it -> !OTHERS.contains(it.getFileName().toString())).toList()) {
                    assertThat(LITERAL.matcher(Files.readString(file)).results().map(it -> it.group())
                            .filter(it -> SIGN.matcher(it).find())).as(file.toString()).isEmpty();
                }
            }
        }
    }

    @Test
    void templates_have_no_other_signs() throws IOException {
        String known = String.join("", Stream.of(Glyph.values()).map(Glyph::sign).toList());
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/templates"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".html")).toList()) {
                assertThat(SIGN.matcher(Files.readString(file)).results().map(it -> it.group()))
                        .as(file.toString()).allMatch(known::contains);
            }
        }
    }
}
