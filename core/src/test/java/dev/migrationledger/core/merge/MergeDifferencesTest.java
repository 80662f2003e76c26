package dev.migrationledger.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference.Kind;
import dev.migrationledger.contracts.merge.MergeDifference;
import org.junit.jupiter.api.Test;

class MergeDifferencesTest {

    private static final String FORK = "a <- b1\na <- c1\n";

    @Test
    void what_ran_where_is_no_difference_while_the_way_stays() {
        MergeContent before = Forked.drawn(FORK).at("x", "b1").at("y", "c1").content();
        MergeContent after = Forked.drawn(FORK).at("x", "b1").at("y", "c1").at("z", "c1").content();
        assertThat(after).isNotEqualTo(before);
        assertThat(MergeDifferences.between(before, after)).isEmpty();
    }

    @Test
    void revisions_that_come_go_or_move_are_named() {
        MergeContent before = Forked.drawn(FORK).content();
        assertThat(MergeDifferences.between(before, Forked.drawn(FORK + "c1 <- c2").content()))
                .extracting(MergeDifference::kind, MergeDifference::revision)
                .containsExactly(tuple(Kind.REVISION_ADDED, "c2"));
        assertThat(MergeDifferences.between(Forked.drawn(FORK + "c1 <- c2").content(), before))
                .extracting(MergeDifference::kind).containsExactly(Kind.REVISION_REMOVED);
        assertThat(MergeDifferences.between(before, Forked.drawn("z <- b1\na <- c1\nz <- a").content()))
                .contains(new MergeDifference(Kind.PARENTS_CHANGED, "b1", "a", "z"));
    }

    @Test
    void only_what_a_file_does_counts() {
        MergeContent before = Forked.drawn(FORK).edited("b1", "1", "adds a table").content();
        MergeContent reworded = Forked.drawn(FORK).edited("b1", "2", "adds a table").content();
        MergeContent edited = Forked.drawn(FORK).edited("b1", "3", "drops a table").content();
        assertThat(MergeDifferences.between(before, reworded)).isEmpty();
        assertThat(MergeDifferences.carried(before, reworded)).containsExactly("b1");
        assertThat(MergeDifferences.between(before, edited)).containsExactly(
                new MergeDifference(Kind.REVISION_EDITED, "b1", "1".repeat(64), "3".repeat(64)));
        assertThat(MergeDifferences.between(edited, before)).as("edited back").hasSize(1);
    }

    @Test
    void another_way_is_a_difference() {
        assertThat(MergeDifferences.between(Forked.drawn(FORK).content(),
                Forked.drawn(FORK).at("x", "b1").at("y", "c1").content()))
                .containsExactly(new MergeDifference(Kind.WAY_CHANGED, null, "REPARENT", "MERGE"));
        assertThat(MergeDifferences.between(Forked.drawn(FORK).content(), Forked.drawn(FORK).at("y", "c1").content()))
                .containsExactly(new MergeDifference(Kind.ORDER_CHANGED, null, "b1 c1", "c1 b1"));
    }
}
