package dev.migrationledger.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RunEnded;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.LedgerEvent.RunProved;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.identity.PipelineRun;
import dev.migrationledger.contracts.identity.PipelineRun.KubernetesPod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunTimesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final PipelineRun PIPELINE = new KubernetesPod("https://kubernetes.example.org", "shop", "migrate",
            null, "migrate-1");

    private final UUID run = new UUID(0, 1);
    private final Story story = new Story("production").scripts("a b<a c<b").table("a");

    @Test
    void a_run_that_the_session_names_accounts_for_it_wherever_it_was_observed() {
        ran(5, 6);
        story.at(60).says(new RevisionApplied("b", false, Story.by(RunClaim.applicationName(run))));
        story.says(new RevisionApplied("c", false, Story.by(RunClaim.applicationName(new UUID(0, 2))))).table("c");
        assertThat(proved()).containsExactly("b");
    }

    @Test
    void without_a_name_a_run_at_that_time_accounts_for_it() {
        ran(5, 6);
        story.at(10).says(applied("b"), Occurrence.between(NOON.plusSeconds(240), NOON.plusSeconds(330)))
                .says(applied("c"), Occurrence.between(NOON.plusSeconds(420), NOON.plusSeconds(600))).table("c");
        assertThat(proved()).containsExactly("b");
    }

    @Test
    void a_run_that_nobody_proved_accounts_for_nothing() {
        story.at(5).ran(run, "b").says(applied("c")).table("c");
        assertThat(proved()).isEmpty();
    }

    @Test
    void what_was_there_at_the_first_look_is_no_ones() {
        ran(5, 6);
        story.at(5).says(applied("b"), Occurrence.noLaterThan(NOON.plusSeconds(330))).table("b");
        assertThat(proved()).isEmpty();
    }

    @Test
    void a_run_that_accounts_for_a_revision_is_kept_however_many_come_after_it() {
        ran(5, 6);
        story.at(6).says(applied("b"), Occurrence.exactly(NOON.plusSeconds(330))).table("b");
        for (int later = 0; later < 50; later++) {
            story.at(100 + later).says(started(new UUID(1, later)));
        }
        assertThat(proved()).containsExactly("b");
    }

    private void ran(int from, int until) {
        story.at(from).agent("run-1").says(started(run)).says(new RunProved(run, PIPELINE)).at(until)
                .says(new RunEnded(run, 0)).agent("a1");
    }

    private static RunStarted started(UUID run) {
        return new RunStarted(run, new RunClaim(List.of("alembic"), "eve", null, null, null, Map.of()));
    }

    private static RevisionApplied applied(String revision) {
        return new RevisionApplied(revision, false, Story.SEEN);
    }

    private Set<String> proved() {
        EnvironmentView view = story.view();
        return view.proved(view.statuses());
    }
}
