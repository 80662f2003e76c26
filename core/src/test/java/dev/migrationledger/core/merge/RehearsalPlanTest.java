package dev.migrationledger.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.merge.RehearsalPlan.Way;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RehearsalPlanTest {

    @Test
    void two_sides_are_tried_in_both_orders_and_at_once() {
        assertThat(plan("a <- b\na <- c", "b <- m\nc <- m").ways()).extracting(Way::stops).containsExactly(
                List.of("b", "c", "m"),
                List.of("c", "b", "m"), List.of("m"));
    }

    @Test
    void environments_go_the_way_of_what_they_have() {
        RehearsalPlan plan = plan("a <- b\na <- c\nc <- d", "b <- m\nd <- m", environment("staging", "c", "d", "m"),
                environment("production", "b", "m"), environment("half", "b", "d", "m"),
                environment("new", "b", "c", "d", "m"), environment("done"), environment("unknown", (String[]) null));
        assertThat(plan.ways()).extracting(Way::stops, Way::environments).containsExactly(
                tuple(List.of("b", "d", "m"), List.of("staging")),
                tuple(List.of("d", "b", "m"), List.of("production", "half")), tuple(List.of("m"), List.of("new")));
    }

    @Test
    void a_side_that_depends_on_another_has_no_order_of_its_own() {
        RehearsalPlan plan = plan("a <- b\na <- c\nc ~> b", "b <- m\nc <- m");
        assertThat(plan.ways()).extracting(Way::stops).containsExactly(List.of("b", "c", "m"), List.of("m"));
    }

    @Test
    void of_many_sides_not_every_order_is_tried() {
        RehearsalPlan three = plan("a <- b\na <- c\na <- d", "b <- m\nc <- m\nd <- m");
        assertThat(three.ways()).hasSize(7);
        assertThat(three.untried()).isZero();
        RehearsalPlan four = plan("a <- b\na <- c\na <- d\na <- e", "b <- m\nc <- m\nd <- m\ne <- m");
        assertThat(four.ways()).extracting(Way::stops).containsExactly(List.of("b", "c", "d", "e", "m"),
                List.of("c", "b", "d", "e", "m"), List.of("d", "b", "c", "e", "m"), List.of("e", "b", "c", "d", "m"),
                List.of("m"));
        assertThat(four.untried()).isEqualTo(20);
    }

    @Test
    void sides_that_follow_each_other_have_one_order() {
        List<Revision> revisions = DrawnHistory.revisions("a <- b\na <- c");
        MergeContent content = MergeContents.of(
                new ScriptsSeen("versions", RevisionGraph.of(revisions), List.of(), Map.of()), List.of("b", "c"), null,
                List.of(), MergeWay.REPARENT);
        assertThat(content.way()).isEqualTo(MergeWay.REPARENT);
        RehearsalPlan plan = RehearsalPlan.of(
                RevisionGraph.of(MergeOutcome.chained(revisions, content.sides())), content, "c",
                List.of(environment("staging", "c")));
        assertThat(plan.ways()).extracting(Way::stops, Way::environments).containsExactly(
                tuple(List.of("b", "c"), List.of("staging")), tuple(List.of("c"), List.of()));
    }

    private static RehearsalPlan plan(String drawing, String merge, MergeEnvironment... environments) {
        List<Revision> revisions = DrawnHistory.revisions(drawing);
        RevisionGraph graph = RevisionGraph.of(revisions);
        MergeContent content = MergeContents.of(new ScriptsSeen("versions", graph, List.of(), Map.of()),
                graph.heads(), null, List.of(), MergeWay.MERGE);
        return RehearsalPlan.of(RevisionGraph.of(DrawnHistory.revisions(drawing + "\n" + merge)), content, "m",
                List.of(environments));
    }

    /** @param steps that it would run; absent: they are not known */
    private static MergeEnvironment environment(String name, String @Nullable... steps) {
        return new MergeEnvironment(name, List.of(), steps == null ? null : List.of(steps));
    }
}
