package dev.migrationledger.core.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.environment.RevisionStatus.Kind;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeContentsTest {

    private static final String FORK = """
            a <- b1 <- b2
            a <- c1 <- c2
            """;

    @Test
    void sides_that_ran_nowhere_can_follow_each_other() {
        MergeContent content = Forked.drawn(FORK).at("production", "a").content();
        assertThat(content.way()).isEqualTo(MergeWay.REPARENT);
        assertThat(content.parting()).containsExactly("a");
        assertThat(content.heads()).containsExactly("b2", "c2");
        assertThat(content.sides()).extracting(Side::roots).containsExactly(List.of("b1"), List.of("c1"));
    }

    @Test
    void a_side_that_ran_comes_first_and_the_other_follows_it() {
        MergeContent content = Forked.drawn(FORK).at("production", "a").at("staging", "c1").content();
        assertThat(content.way()).isEqualTo(MergeWay.REPARENT);
        assertThat(content.heads()).containsExactly("c2", "b2");
        assertThat(content.sides().getFirst().ranIn()).containsExactly("staging");
    }

    @Test
    void sides_that_both_ran_are_merged() {
        MergeContent content = Forked.drawn(FORK).at("production", "b1").at("staging", Kind.STAMPED, "c2").content();
        assertThat(content.way()).isEqualTo(MergeWay.MERGE);
        assertThat(content.sides()).extracting(Side::ranIn).containsExactly(List.of("production"), List.of("staging"));
    }

    @Test
    void nothing_is_re_parented_while_it_is_not_known_what_ran_somewhere() {
        MergeContent content = Forked.drawn(FORK).at("staging", "a").unknown("production").content();
        assertThat(content.way()).isEqualTo(MergeWay.MERGE);
        assertThat(content.unplaced()).containsExactly("production");
    }

    @Test
    void what_both_sides_change_is_named_and_what_changes_rows_only_or_cannot_be_read_is_marked() {
        MergeContent content = Forked.drawn(FORK).creates("b1", "orders").creates("c2", "orders").writes("b2", "people")
                .unreadable("c1").content();
        assertThat(content.shared()).containsExactly(ObjectName.table("public", "orders"));
        assertThat(content.sides().getFirst().revisions()).extracting(SideRevision::dataOnly)
                .containsExactly(false, true);
        assertThat(content.sides().getLast().revisions()).extracting(SideRevision::unreadLines)
                .containsExactly(null, List.of());
        assertThat(content.sides().getFirst().changes()).containsExactly(ObjectName.table("public", "orders"));
    }

    @Test
    void three_heads_follow_one_another_unless_two_of_them_ran() {
        Forked three = Forked.drawn(FORK + "a <- d1").at("staging", "d1");
        assertThat(three.content().way()).isEqualTo(MergeWay.REPARENT);
        assertThat(three.content().heads()).containsExactly("d1", "b2", "c2");
        assertThat(three.at("production", "b1").content().way()).isEqualTo(MergeWay.MERGE);
    }

    @Test
    void a_side_that_depends_on_the_other_stays_after_it() {
        // c1 is below both heads, so that moving c2 away would leave it as a head.
        MergeContent content = Forked.drawn(FORK + "b1 ~> c1").content();
        assertThat(content.parting()).containsExactly("c1");
        assertThat(content.way()).isEqualTo(MergeWay.REPARENT);
        assertThat(content.heads()).containsExactly("c2", "b2");
        assertThat(Forked.drawn(FORK + "b1 ~> c1").at("qa", "b2").content().way()).isEqualTo(MergeWay.MERGE);
        assertThat(Forked.drawn(FORK + "b1 ~> c2").content().heads()).as("c2 is below b2 already")
                .containsExactly("c2", "b2");
    }

    @Test
    void a_side_with_a_merge_of_what_is_outside_stays_where_it_is() {
        Forked forked = Forked.drawn("""
                a <- x
                a <- y
                x <- m
                y <- m
                x <- b
                """);
        assertThat(forked.content().heads()).as("b can follow m").containsExactly("m", "b");
        assertThat(forked.at("staging", "b").content().way()).as("m would have to move").isEqualTo(MergeWay.MERGE);
    }

    @Test
    void sides_that_are_merges_themselves_are_merged_with_all_that_they_brought_together() {
        Forked forked = Forked.drawn("""
                a <- b1
                a <- b2
                b1 <- bm
                b2 <- bm
                a <- c1
                a <- c2
                c1 <- cm
                c2 <- cm
                """);
        MergeContent content = forked.content();
        assertThat(content.heads()).containsExactly("bm", "cm");
        assertThat(content.parting()).containsExactly("a");
        assertThat(content.way()).as("a side with two beginnings cannot follow").isEqualTo(MergeWay.MERGE);
        assertThat(content.sides()).extracting(Side::roots)
                .as("as they run").containsExactly(List.of("b2", "b1"), List.of("c2", "c1"));
        assertThat(content.sides().getFirst().revisions()).extracting(SideRevision::id)
                .containsExactlyInAnyOrder("b1", "b2", "bm");
    }

    @Test
    void labelled_branches_single_heads_and_incomplete_histories_are_left_alone() {
        assertThat(MergeContents.heads(Forked.drawn("a <- b").graph())).isEmpty();
        assertThat(MergeContents.heads(Forked.drawn("a <- b\na <- c\nb [one]\nc [two]").graph())).isEmpty();
        assertThat(MergeContents.heads(Forked.drawn("a <- b\n(gone) <- c").graph())).isEmpty();
        assertThat(MergeContents.heads(Forked.drawn("a <- c\na <- b").graph())).containsExactly("b", "c");
    }
}
