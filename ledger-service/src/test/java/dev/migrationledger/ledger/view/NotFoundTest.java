package dev.migrationledger.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NotFoundTest {

    @Test
    void the_nearest_names_come_first_and_the_rest_is_counted() {
        List<String> there = List.of("alpha", "beta", "gamma", "delta", "staging", "production", "Prod-1");
        assertThat(NotFound.message("No 'prod1'", "prod1", there))
                .startsWith("No 'prod1'; the ledger has Prod-1, ")
                .endsWith(" and 2 more.");
    }

    @Test
    void an_empty_ledger_says_how_things_get_into_it() {
        assertThat(NotFound.message("Project 'x' does not exist", "x", List.of())).contains("none yet. Start an agent");
    }

    @Test
    void distance_is_counted_in_letters_whatever_their_case() {
        assertThat(NotFound.distance("Staging", "stagin")).isEqualTo(1);
        assertThat(NotFound.distance("", "abc")).isEqualTo(3);
        assertThat(NotFound.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void a_name_that_is_too_long_for_one_is_not_repeated() {
        assertThat(NotFound.shortened("a".repeat(7_000))).isEqualTo("a".repeat(63) + "…");
        assertThat(NotFound.shortened("a".repeat(63))).isEqualTo("a".repeat(63));
    }
}
