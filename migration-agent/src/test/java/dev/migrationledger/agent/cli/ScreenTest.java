package dev.migrationledger.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScreenTest {

    @Test
    void words_are_broken_into_lines_that_fit_with_their_indent() {
        assertThat(new Screen(12).wrapped("  ", "one two three four")).containsExactly("  one two", "  three four");
    }

    @Test
    void a_word_that_is_too_long_has_a_line_of_its_own_and_stays_whole() {
        assertThat(new Screen(8).wrapped("", "see postgresql://host/db now"))
                .containsExactly("see", "postgresql://host/db", "now");
    }

    @Test
    void where_lines_have_no_end_nothing_is_broken() {
        assertThat(Screen.ENDLESS.wrapped("> ", "a  b".repeat(100))).containsExactly("> " + "a  b".repeat(100));
    }
}
