package dev.migrationledger.core.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.environment.RevisionStatus.Kind;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeEnvironment.Progress;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.merge.MergeOutcome.Joined;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeOutcomeTest {

    private static final String FORK = "a <- b1 <- b2\na <- c1\n";

    @Test
    void each_environment_runs_what_it_lacks_and_then_the_merge() {
        Forked forked = Forked.drawn(FORK).at("production", "b1").at("staging", Kind.STAMPED, "c1").at("new", "a")
                .unknown("qa");
        MergeContent content = forked.content();
        List<MergeEnvironment> all = forked.environments().stream()
                .map(one -> MergeOutcome.of(forked.graph(), content, one)).toList();
        assertThat(all).extracting(MergeEnvironment::steps).containsExactly(
                List.of("c1", "b2", "(merge)"), List.of("b1", "b2", "(merge)"), List.of("c1", "b1", "b2", "(merge)"),
                null);
        assertThat(all).extracting(one -> one.sides().stream().map(MergeEnvironment.Side::progress).toList())
                .containsExactly(List.of(Progress.PARTLY, Progress.PENDING),
                        List.of(Progress.PENDING, Progress.STAMPED),
                        List.of(Progress.PENDING, Progress.PENDING), List.of(Progress.UNKNOWN, Progress.UNKNOWN));
    }

    @Test
    void a_side_that_follows_the_other_runs_after_it() {
        Forked forked = Forked.drawn(FORK).at("staging", "c1");
        MergeContent content = forked.content();
        assertThat(content.way()).isEqualTo(MergeWay.REPARENT);
        assertThat(MergeOutcome.of(forked.graph(), content, forked.environments().getFirst()).steps())
                .containsExactly("b1", "b2");
    }

    @Test
    void what_brought_the_heads_together_is_recognised() {
        List<String> heads = List.of("b2", "c1");
        assertThat(MergeOutcome.joined(Forked.drawn(FORK).graph(), heads)).isEmpty();
        assertThat(MergeOutcome.joined(Forked.drawn(FORK + "b2 <- m <- next\nc1 <- m").graph(), heads))
                .contains(new Joined("m", MergeWay.MERGE));
        assertThat(MergeOutcome.joined(Forked.drawn("a <- c1 <- b1 <- b2").graph(), heads))
                .contains(new Joined("b2", MergeWay.REPARENT));
        assertThat(MergeOutcome.joined(Forked.drawn("a <- b1").graph(), heads)).isEmpty();
    }

    @Test
    void a_merge_with_other_revisions_than_proposed_is_another_one() {
        MergeContent content = Forked.drawn(FORK).at("x", "b1").at("y", "c1").content();
        assertThat(isAsProposed(content, FORK + "b2 <- m <- next\nc1 <- m")).isTrue();
        assertThat(isAsProposed(content, FORK + "b2 <- m\nc1 <- c2 <- m")).as("c2 came with it").isFalse();
        MergeContent chain = Forked.drawn(FORK).content();
        assertThat(isAsProposed(chain, "a <- b1 <- b2 <- c1")).isTrue();
        assertThat(isAsProposed(chain, "a <- b1 <- b2 <- c0 <- c1")).isFalse();
    }

    private static boolean isAsProposed(MergeContent content, String drawing) {
        RevisionGraph graph = Forked.drawn(drawing).graph();
        return MergeOutcome.isAsProposed(graph, content, MergeOutcome.joined(graph, content.heads()).orElseThrow());
    }
}
