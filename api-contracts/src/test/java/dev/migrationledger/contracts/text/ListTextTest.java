package dev.migrationledger.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListTextTest {

    @Test
    void a_list_ends_with_a_word() {
        assertThat(ListText.and(List.of())).isEmpty();
        assertThat(ListText.and(List.of("a"))).isEqualTo("a");
        assertThat(ListText.and(List.of("a", "b"))).isEqualTo("a and b");
        assertThat(ListText.or(List.of("a", "b", "c"))).isEqualTo("a, b or c");
    }

    @Test
    void a_list_is_cut_only_where_that_saves_room() {
        assertThat(ListText.and(List.of("a", "b", "c"), 2)).isEqualTo("a, b and c");
        assertThat(ListText.and(List.of("a", "b", "c", "d"), 2)).isEqualTo("a, b and 2 more");
        assertThat(ListText.or(List.of("a", "b", "c", "d"), 1)).isEqualTo("a or 3 more");
    }

    @Test
    void items_that_are_not_known_are_counted() {
        assertThat(ListText.and(List.of("a", "b"), 7, 2)).isEqualTo("a, b and 5 more");
        assertThat(ListText.and(List.of("a", "b", "c"), 3, 2)).isEqualTo("a, b and c");
        assertThat(ListText.and(List.of("a", "b"), 3, 2)).isEqualTo("a, b and 1 more");
    }

    @Test
    void a_noun_follows_its_number() {
        assertThat(Count.of(0, "head")).isEqualTo("0 heads");
        assertThat(Count.of(1, "head")).isEqualTo("1 head");
        assertThat(Count.of(2, "head")).isEqualTo("2 heads");
        assertThat(ListText.quoted(List.of("a b"))).containsExactly("'a b'");
    }
}
