package dev.migrationledger.core.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.merge.MergeDifference.Kind;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeProposal.Rehearsed;
import dev.migrationledger.contracts.merge.MergeRehearsal.Difference;
import dev.migrationledger.contracts.merge.MergeRehearsal.Failure;
import dev.migrationledger.contracts.merge.MergeRehearsal.Run;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RehearsalSentencesTest {

    private static final Failure FAILURE = new Failure("(merge)", null, 1, "killed");
    private static final Difference DIFFERENCE = new Difference(ObjectName.table("public", "t"), null, "table");

    @Test
    void what_came_of_it_is_one_sentence() {
        assertThat(RehearsalSentences.headline(rehearsal(0, run(null))))
                .isEqualTo("The way to one head succeeds.");
        assertThat(RehearsalSentences.headline(rehearsal(0, run(null), run(null))))
                .isEqualTo("All 2 ways to one head succeed and end with the same schema.");
        assertThat(RehearsalSentences.headline(rehearsal(0, run(null), run(FAILURE), run(FAILURE))))
                .isEqualTo("2 of 3 ways to one head fail.");
        assertThat(RehearsalSentences.headline(rehearsal(0, run(null), run(null, DIFFERENCE))))
                .isEqualTo("1 of 2 ways ends with another schema.");
        assertThat(RehearsalSentences.headline(rehearsal(0, run(null), run(FAILURE), run(null, DIFFERENCE))))
                .isEqualTo("1 of 3 ways to one head fails, and 1 of 3 ways ends with another schema.");
    }

    @Test
    void a_way_says_what_went_wrong() {
        Run run = new Run(List.of("b", "(merge)"), List.of("staging", "qa"), FAILURE, null,
                List.of(DIFFERENCE, new Difference(ObjectName.table("public", "u"), "table", null),
                        new Difference(ObjectName.column("public", "t", "c"), "integer", "bigint")),
                2);
        assertThat(RehearsalSentences.way(run)).isEqualTo("b, (merge), as staging and qa");
        assertThat(RehearsalSentences.details(run)).containsExactly("(merge): killed",
                "table public.t is only here", "table public.u is missing here",
                "column public.t.c is 'bigint' here, and 'integer' after the first way", "2 more");
        assertThat(RehearsalSentences.untried(rehearsal(1, run)))
                .isEqualTo("1 other order of the sides was not tried.");
        assertThat(RehearsalSentences.untried(rehearsal(20, run)))
                .isEqualTo("20 other orders of the sides were not tried.");
    }

    @Test
    void what_changed_since_is_named() {
        assertThat(
                RehearsalSentences.rehearsed(new Rehearsed("ann", Instant.EPOCH, rehearsal(0, run(null)), List.of())))
                .isEqualTo("The way to one head succeeds.");
        assertThat(RehearsalSentences.rehearsed(new Rehearsed("ann", Instant.EPOCH, rehearsal(0, run(null)),
                List.of(new MergeDifference(Kind.REVISION_EDITED, "c", "1", "2"),
                        new MergeDifference(Kind.REVISION_ADDED, "d", null, "2")))))
                .isEqualTo("The way to one head succeeds. Rehearsed before c changed and d was added.");
    }

    private static Run run(@Nullable Failure failure, Difference... differences) {
        return new Run(List.of("(merge)"), List.of(), failure,
                failure == null ? new Fingerprint(2, "0".repeat(64)) : null, List.of(differences), 0);
    }

    private static MergeRehearsal rehearsal(int untried, Run... runs) {
        return new MergeRehearsal(MergeWay.MERGE, List.of("b", "c"), List.of(), List.of(runs), untried, null,
                "PostgreSQL 18.1");
    }
}
