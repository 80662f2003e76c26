package dev.migrationledger.ledger.dashboard.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.dashboard.overview.Cohort.Worst;
import dev.migrationledger.ledger.view.EnvironmentListItem.Position;
import dev.migrationledger.ledger.view.Story;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistancesTest {

    private final Distances distances = new Distances(RevisionGraph.of(Story.history("a b<a c<b x<b m<c,x n<m")));

    @Test
    void an_environment_at_the_head_of_older_scripts_is_behind_its_project() {
        assertThat(distances.fromHeads(environment("prod", 0, "b", "b"))).isEqualTo("4 behind project head");
        assertThat(distances.fromHeads(environment("prod", 0, "n", "n"))).isEmpty();
    }

    @Test
    void what_its_own_scripts_say_is_not_repeated() {
        assertThat(distances.fromHeads(environment("prod", 1, "m", "n"))).isEmpty();
        assertThat(distances.fromHeads(environment("prod", 4, "b", "z"))).isEmpty();
    }

    @Test
    void two_environments_are_even_behind_ahead_or_both() {
        Cohort staging = environment("staging", 0, "c", "c");
        assertThat(distances.between(environment("prod", 0, "c", "c"), staging)).isEqualTo("even with staging");
        assertThat(distances.between(environment("prod", 0, "a", "c"), staging)).isEqualTo("2 behind staging");
        assertThat(distances.between(environment("prod", 0, "n", "n"), staging)).isEqualTo("3 ahead of staging");
        assertThat(distances.between(environment("prod", 0, "x", "x"), staging))
                .isEqualTo("1 behind, 1 ahead of staging");
    }

    @Test
    void unknown_rows_are_compared_with_equal_ones_only() {
        Cohort staging = environment("staging", 0, "zz", "n");
        assertThat(distances.between(environment("prod", 0, "a", "n"), staging)).isEmpty();
        assertThat(distances.between(environment("prod", 0, "zz", "n"), staging)).isEqualTo("even with staging");
        assertThat(distances.fromHeads(staging)).isEmpty();
        assertThat(Distances.WITHOUT_HISTORY.between(environment("prod", 0, "a", "n"), staging)).isEmpty();
    }

    private static Cohort environment(String name, int missing, String rows, String heads) {
        return new Cohort("p", name, Arrays.asList(rows.split(",")), List.of(), List.of(heads), Position.BEHIND,
                missing,
                List.of(), Worst.NOTHING, 1, List.of(name), null, null, 0, 0);
    }
}
