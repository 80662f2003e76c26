package dev.migrationledger.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.core.graph.Identified.Found;
import dev.migrationledger.core.graph.Identified.NotFound;
import dev.migrationledger.core.graph.Identified.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevisionIdentifiersTest {

    private static final RevisionIdentifiers FORKED = new RevisionIdentifiers(DrawnGraph.of("""
            aa01 <- aa02 <- bb03 <- bb04
                    aa02 <- cc03 <- cc04
            bb03 [billing]
            cc03 [core]
            """));

    private static final RevisionIdentifiers MERGED = new RevisionIdentifiers(DrawnGraph.of("""
            a <- b <- c <- m
                 b <- d <- m
            """));

    private static final RevisionIdentifiers DEPENDENT = new RevisionIdentifiers(DrawnGraph.of("""
            aaaa <- bbbb
            wwww <- xxxx
            bbbb ~> xxxx
            """));

    @Test
    void an_id_a_label_and_a_beginning_name_one_revision() {
        assertFound(FORKED.named("bb03"), "bb03");
        assertFound(FORKED.named("billing"), "bb03");
        assertFound(FORKED.named("bill"), "bb03");
        assertFound(FORKED.named("bill@bb04"), "bb04");
    }

    @Test
    void a_beginning_that_fits_several_lists_them() {
        NotFound answer = refused(FORKED.named("aa"), Reason.AMBIGUOUS_PREFIX);
        assertThat(answer.candidates()).containsExactly("aa01", "aa02");
        assertThat(answer.message()).isEqualTo(
                "'aa' can mean each of 2 revisions: 'aa01' and 'aa02'. Type more of the id.");
    }

    @Test
    void a_mistyped_identifier_is_answered_with_the_closest_one() {
        NotFound answer = refused(FORKED.named("bb30"), Reason.UNKNOWN);
        assertThat(answer.message()).isEqualTo("Can't locate revision identified by 'bb30'; did you mean 'bb03'?");
        assertThat(refused(FORKED.named("BILLNG"), Reason.UNKNOWN).candidates()).containsExactly("billing");
        assertThat(refused(FORKED.named("cc03.py"), Reason.UNKNOWN).candidates()).containsExactly("cc03");
        assertThat(refused(FORKED.named("entirely different"), Reason.UNKNOWN).candidates()).isEmpty();
        assertThat(refused(FORKED.named(""), Reason.UNKNOWN).message()).startsWith("No revision is named");
    }

    @Test
    void head_has_to_be_one_and_heads_are_those_that_nothing_needs() {
        NotFound answer = refused(FORKED.named("head"), Reason.MULTIPLE_HEADS);
        assertThat(answer.candidates()).containsExactly("bb04", "cc04");
        assertThat(answer.message())
                .startsWith("Multiple head revisions are present for given argument 'head': 'bb04' and 'cc04'; ");
        assertFound(FORKED.named("heads"), "bb04", "cc04");
        assertFound(DEPENDENT.named("heads"), "bbbb");
        assertFound(DEPENDENT.named("xxxx@head"), "xxxx");
        assertFound(FORKED.named("billing@head"), "bb04");
        assertFound(FORKED.named("core@heads"), "cc04");
    }

    @Test
    void the_base_is_no_revision_and_keeps_its_branch() {
        assertThat(FORKED.named("base")).isEqualTo(new Found(List.of(), null));
        assertThat(FORKED.downgradeTarget("core@base", List.of("cc04"))).isEqualTo(new Found(List.of(), "core"));
    }

    @Test
    void a_revision_of_another_branch_is_refused_with_its_own() {
        NotFound answer = refused(FORKED.named("billing@cc04"), Reason.NOT_ON_BRANCH);
        assertThat(answer.message()).isEqualTo(
                "Revision cc04 is not a member of branch 'billing'; leave 'billing@' away, or write 'core@'.");
    }

    @Test
    void steps_count_from_the_identifier_before_them() {
        assertFound(FORKED.named("bb04-2"), "aa02");
        assertFound(FORKED.named("aa01+1"), "aa02");
        assertFound(FORKED.named("billing@aa02+2"), "bb04");
        assertFound(FORKED.named("billing@head-1"), "bb03");
        assertFound(FORKED.named("-1"), "bb03", "cc03");
        assertFound(FORKED.named("aa02-2"));
        assertThat(refused(FORKED.named("aa02-3"), Reason.TOO_FAR).message())
                .isEqualTo(
                        "Relative revision -3 didn't produce 3 migrations: there are only 2 from 'aa02'; type another number of steps.");
        assertThat(refused(FORKED.named("aa02+1"), Reason.AMBIGUOUS_WALK).candidates()).containsExactly("bb03", "cc03");
        refused(MERGED.named("m-1"), Reason.AMBIGUOUS_WALK);
        assertThat(refused(FORKED.named("+2"), Reason.UNKNOWN).message()).contains("'base+2'");
    }

    @Test
    void steps_alone_count_from_the_version_table() {
        assertFound(FORKED.upgradeTarget("+1", List.of()), "aa01");
        assertFound(FORKED.upgradeTarget("+1", List.of("aa01")), "aa02");
        assertFound(FORKED.upgradeTarget("core@+1", List.of("aa02")), "cc03");
        assertFound(FORKED.upgradeTarget("core@+1", List.of("bb04")), "cc03");
        refused(FORKED.upgradeTarget("+1", List.of("bb03", "cc03")), Reason.AMBIGUOUS_WALK);
        refused(FORKED.upgradeTarget("-1", List.of("bb03")), Reason.TOO_FAR);
        refused(FORKED.upgradeTarget("+99999999999", List.of("bb03")), Reason.TOO_FAR);
        assertFound(FORKED.downgradeTarget("-1", List.of("bb04")), "bb03");
        assertFound(FORKED.downgradeTarget("core@-1", List.of("bb04", "cc04")), "cc03");
        refused(FORKED.downgradeTarget("-1", List.of("bb04", "cc04")), Reason.AMBIGUOUS_WALK);
        refused(FORKED.downgradeTarget("-1", List.of()), Reason.TOO_FAR);
        refused(FORKED.downgradeTarget("+1", List.of("bb04")), Reason.TOO_FAR);
    }

    @Test
    void a_range_has_both_its_ends_and_the_newest_first() {
        assertFound(FORKED.between("aa02", "billing@head"), "bb04", "bb03", "aa02");
        assertFound(FORKED.between("", "aa02"), "aa02", "aa01");
        assertFound(FORKED.between("core@base", ""), "cc04", "cc03", "aa02", "aa01");
        assertFound(FORKED.between("-1", "bb04"), "bb04", "bb03");
        assertFound(FORKED.between("-100", "bb04"), "bb04", "bb03", "aa02", "aa01");
        assertFound(FORKED.between("aa01", "+1"), "aa02", "aa01");
        assertFound(MERGED.between("c", ""), "m", "c");
    }

    @Test
    void a_range_the_wrong_way_round_is_refused_with_the_right_one() {
        assertThat(refused(FORKED.between("bb04", "aa02"), Reason.NOT_A_RANGE).message()).isEqualTo(
                "Requested range bb04:aa02 does not refer to ancestor/descendant revisions along the same branch; the older end comes first: 'aa02:bb04'.");
        refused(FORKED.between("bb03", "cc04"), Reason.NOT_A_RANGE);
    }

    @Test
    void a_broken_history_still_answers() {
        RevisionIdentifiers broken = new RevisionIdentifiers(DrawnGraph.of("""
                (gone) <- bbbb <- cccc
                xxxx <- yyyy <- xxxx
                """));
        assertFound(broken.named("head"), "cccc");
        assertFound(broken.named("cccc-1"), "bbbb");
        assertThat(refused(broken.named("cccc-2"), Reason.UNKNOWN).message()).contains("'gone'");
        assertFound(broken.named("xxxx+2"), "xxxx");
        refused(new RevisionIdentifiers(RevisionGraph.of(List.of())).named("abcd"), Reason.UNKNOWN);
        assertFound(new RevisionIdentifiers(RevisionGraph.of(List.of())).named("head"));
    }

    private static void assertFound(Identified answer, String... revisions) {
        assertThat(answer).isInstanceOfSatisfying(Found.class,
                found -> assertThat(found.revisions()).containsExactly(revisions));
    }

    private static NotFound refused(Identified answer, Reason reason) {
        assertThat(answer).isInstanceOf(NotFound.class);
        NotFound refused = (NotFound) answer;
        assertThat(refused.reason()).as(refused.message()).isEqualTo(reason);
        return refused;
    }
}
