package dev.migrationledger.testsupport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrawnHistoryTest {

    @Test
    void a_drawing_names_parents_dependencies_labels_and_what_is_missing() {
        assertThat(DrawnHistory.revisions("""
                a <- b <- m
                a <- c <- m
                m ~> x
                (gone) <- x
                a [one two]
                """)).containsExactly(
                DrawnHistory.revision("a", List.of(), List.of(), List.of("one", "two")),
                DrawnHistory.revision("b", List.of("a"), List.of(), List.of()),
                DrawnHistory.revision("m", List.of("b", "c"), List.of("x"), List.of()),
                DrawnHistory.revision("c", List.of("a"), List.of(), List.of()),
                DrawnHistory.revision("x", List.of("gone"), List.of(), List.of()));
    }
}
