package dev.migrationledger.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.SameCode;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.scripts.GraphProblem.SeveralHeads;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CodeComparisonTest {

    private static final SemanticDigest CODE = new SemanticDigest(1, "1".repeat(64), true, false);

    @Test
    void two_revisions_with_one_code_are_found_under_their_ids() {
        assertThat(between(revision("b", CODE, "a"), revision("c", CODE, "x"))).containsExactly(new SameCode("b", "c"));
    }

    @Test
    void other_code_merge_points_empty_and_unread_files_are_not_the_same() {
        SemanticDigest other = new SemanticDigest(1, "2".repeat(64), true, false);
        SemanticDigest ofOtherForm = new SemanticDigest(2, "1".repeat(64), true, false);
        SemanticDigest withOthers = new SemanticDigest(1, "1".repeat(64), false, false);
        assertThat(between(revision("b", CODE, "a"), revision("c", other, "a"))).isEmpty();
        assertThat(between(revision("b", CODE, "a"), revision("c", ofOtherForm, "a"))).isEmpty();
        assertThat(between(revision("b", withOthers, "a"), revision("c", withOthers, "a"))).isEmpty();
        SemanticDigest empty = new SemanticDigest(1, "1".repeat(64), true, true);
        assertThat(between(revision("b", empty, "a"), revision("c", empty, "a"))).isEmpty();
        assertThat(between(revision("b", null, "a"), revision("c", null, "a"))).isEmpty();
        assertThat(between(revision("b", CODE, "a", "x"), revision("c", CODE, "a", "y"))).isEmpty();
    }

    @Test
    void what_two_heads_do_twice_is_a_fact_of_their_problem() {
        SemanticDigest other = new SemanticDigest(1, "2".repeat(64), true, false);
        List<Revision> fork = List.of(revision("a", CODE), revision("b", other, "a"), revision("c", CODE, "b"),
                revision("d", other, "a"));
        assertThat(RevisionGraph.of(fork).problems()).singleElement()
                .isInstanceOfSatisfying(SeveralHeads.class, heads -> assertThat(heads.same())
                        .containsExactly(new SameCode("b", "d")));
        assertThat(RevisionGraph.of(fork.subList(0, 3)).problems()).isEmpty();
    }

    private static List<SameCode> between(Revision one, Revision other) {
        return CodeComparison.between(RevisionGraph.of(List.of(one)), List.of(one.revision()),
                RevisionGraph.of(List.of(other)), List.of(other.revision()));
    }

    private static Revision revision(String id, @Nullable SemanticDigest code, String... parents) {
        return new Revision(id, List.of(parents), List.of(), List.of(), null, id + ".py", "0".repeat(64), code);
    }
}
