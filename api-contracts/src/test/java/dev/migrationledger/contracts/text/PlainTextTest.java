package dev.migrationledger.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.wire.ContractJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void what_steers_a_terminal_or_turns_a_line_is_an_escape() {
        for (int point : List.of(0x1b, 0x9b, 0x0a, 0x0d, 0x07, 0x7f, 0x200e, 0x200f, 0x202a, 0x202e, 0x2066, 0x2069,
                0x61c,
                0x2028, 0xfeff)) {
            assertThat(PlainText.of("a" + Character.toString(point) + "b"))
                    .isEqualTo("a\\u%04xb".formatted(point));
        }
    }

    @Test
    void letters_of_all_scripts_stay() {
        String text = "Größe – テーブル 𝒳 می‌خواهم 👩‍💻 Ω";
        assertThat(PlainText.of(text)).isEqualTo(text);
    }

    @Test
    void in_json_it_is_an_escape_that_means_the_same() {
        String evil = "a\u009b\u202e\udb40\udc01b\u001b\nΩ";
        String json = ContractJson.line(List.of(evil));
        assertThat(json).isEqualTo("[\"a\\u009b\\u202e\\udb40\\udc01b\\u001b\\nΩ\"]".replace("\\u001b", "\\u001B"));
        assertThat(ContractJson.read(json.getBytes(StandardCharsets.UTF_8), String[].class)).containsExactly(evil);
    }
}
