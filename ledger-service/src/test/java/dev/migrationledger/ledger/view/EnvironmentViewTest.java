package dev.migrationledger.ledger.view;

import static dev.migrationledger.ledger.view.Story.GUESSED;
import static dev.migrationledger.ledger.view.Story.NOON;
import static dev.migrationledger.ledger.view.Story.SEEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.EnvironmentReport.WatchingAgent;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.GapReason.AgentNotRunning;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRegistered;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.scripts.FileProblem;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.scripts.ScriptFindings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EnvironmentViewTest {

    private static final String LINE = "a b<a c<b d<c";

    @Test
    void nothing_is_known_before_the_first_event() {
        EnvironmentReport report = EnvironmentView.empty("navbot", "staging").report();
        assertThat(report.versionTable()).isNull();
        assertThat(report.observedAt()).isNull();
        assertThat(report.recordedAt()).isNull();
        assertThat(report.revisions()).isEmpty();
        assertThat(report.events()).isZero();
    }

    @Test
    void ancestors_of_a_row_are_implied_and_come_first() {
        assertThat(statuses(staging().scripts(LINE).applied("c").table("c")))
                .isEqualTo("a=implied b=implied c=applied");
    }

    @Test
    void a_stamp_is_no_more_than_a_row() {
        assertThat(statuses(staging().scripts(LINE).applied("a").table("a").stamped("c").table("c")))
                .isEqualTo("a=applied b=implied c=stamped");
    }

    @Test
    void dependencies_count_as_applied_too() {
        assertThat(statuses(staging().scripts("x a b<a+x").applied("b").table("b")))
                .isEqualTo("a=implied x=implied b=applied");
    }

    @Test
    void a_run_is_shown_with_its_claim_beside_what_its_session_was_seen_to_do() {
        UUID run = UUID.fromString("0198f2c4-0000-7000-8000-000000000001");
        Story story = staging().scripts(LINE).ran(run, "a").table("a");

        EnvironmentReport report = story.view().report();
        assertThat(report.runs()).singleElement().satisfies(it -> {
            assertThat(it.run()).isEqualTo(run);
            assertThat(it.claim().user()).isEqualTo("alice");
            assertThat(it.exitCode()).isZero();
        });
        assertThat(report.agents()).extracting(it -> it.agent()).as("who runs watches nothing").containsExactly("a1");
        assertThat(story.reverted("a").table().view().report().runs()).as("nobody's work is left").isEmpty();
    }

    @Test
    void of_many_runs_those_are_kept_that_left_something_and_the_latest() {
        UUID kept = new UUID(0, 0);
        Story story = staging().scripts(LINE).ran(kept, "a").table("a");
        for (int i = 1; i <= 50; i++) {
            story.ran(new UUID(0, i)).at(i);
        }
        assertThat(story.view().facts().runs()).hasSizeBetween(20, 22).containsKey(kept.toString())
                .containsKey(new UUID(0, 50).toString());
    }

    @Test
    void what_a_downgrade_took_away_is_forgotten_for_good() {
        Story story = staging().scripts(LINE).applied("a", "b", "c").table("c").reverted("c", "b").table("a");
        assertThat(statuses(story)).isEqualTo("a=applied");
        assertThat(statuses(story.stamped("c").table("c"))).isEqualTo("a=applied b=implied c=stamped");
    }

    @Test
    void rows_that_move_down_keep_their_evidence_without_a_revert_event() {
        Story story = staging().scripts(LINE).applied("a", "b", "c").table("c").table("a").table("c");
        assertThat(statuses(story)).isEqualTo("a=applied b=implied c=implied");
    }

    @Test
    void a_stamp_back_to_a_revision_that_ran_does_not_unrun_it() {
        assertThat(statuses(staging().scripts(LINE).applied("a", "b").table("b").stamped("a").table("a")))
                .isEqualTo("a=applied");
    }

    @Test
    void a_stamped_revision_that_runs_after_all_is_applied() {
        assertThat(statuses(staging().scripts(LINE).stamped("b").table("b").applied("b").table("b")))
                .isEqualTo("a=implied b=applied");
    }

    @Test
    void an_emptied_and_a_missing_table_are_base() {
        Story story = staging().scripts(LINE).applied("a", "b").table("b").table();
        assertThat(statuses(story)).isEmpty();
        assertThat(story.view().report().versionTable())
                .isEqualTo(new VersionTable("public.alembic_version", VersionTable.State.EMPTY, List.of()));
        assertThat(statuses(story.table("b"))).isEqualTo("a=implied b=implied");
        assertThat(statuses(story.noTable())).isEmpty();
    }

    @Test
    void a_row_that_the_scripts_do_not_know_is_listed() {
        Story story = staging().scripts(LINE).applied("a", "b").table("b").applied("z").table("z");
        assertThat(story.view().unknownRows()).containsExactly("z");
        assertThat(statuses(story)).isEqualTo("z=applied");
    }

    @Test
    void evidence_is_kept_while_a_row_is_unexplained() {
        Story story = staging().scripts("a b<a").applied("a", "b").table("b").applied("c").table("c");
        assertThat(statuses(story.moreScripts(List.of(), "c<b"))).isEqualTo("a=applied b=applied c=applied");
    }

    @Test
    void a_second_agent_does_not_replace_equal_evidence() {
        Story story = staging().scripts(LINE).applied("b").table("b");
        story.agent("a2").at(5).scripts(LINE).applied("b").table("b");
        assertThat(story.view().status("b").since()).isEqualTo(Occurrence.exactly(NOON));
    }

    @Test
    void a_first_poll_never_overrides_an_observed_change() {
        Story story = staging().scripts(LINE).applied("b").table("b");
        story.agent("a2").at(5).scripts(LINE)
                .says(new RevisionStamped(List.of("b"), List.of(), GUESSED),
                        Occurrence.noLaterThan(NOON.plusSeconds(300)))
                .table("b");
        assertThat(statuses(story)).isEqualTo("a=implied b=applied");
        story.agent("a1").at(9).newSpool()
                .says(new RevisionApplied("b", false, SEEN), Occurrence.noLaterThan(NOON.plusSeconds(540)));
        assertThat(story.view().status("b").since()).isEqualTo(Occurrence.exactly(NOON));
    }

    @Test
    void certain_evidence_corrects_presumed_evidence() {
        Story story = staging().scripts(LINE).stamped("b").table("b");
        assertThat(statuses(story.agent("a2").at(1).applied("b"))).isEqualTo("a=implied b=applied");
    }

    @Test
    void late_news_of_an_old_downgrade_does_not_undo_what_ran_since() {
        Story story = staging().scripts(LINE).at(10).applied("a", "b").table("b");
        story.agent("a2").at(5).sentAfter(6).reverted("b").table("a");
        assertThat(statuses(story)).isEqualTo("a=applied b=applied");
    }

    @Test
    void across_agents_the_latest_poll_counts_even_if_another_arrives_later() {
        Story story = staging().scripts(LINE).at(10).table("c").agent("a2").at(5).sentAfter(6).table("b");
        assertThat(story.view().rows()).containsExactly("c");
        assertThat(story.at(11).table("d").view().rows()).containsExactly("d");
    }

    @Test
    void an_agent_whose_clock_was_ahead_is_superseded_by_the_next_one() {
        Story story = staging().scripts(LINE).at(60).sentAfter(0).table("b");
        assertThat(story.view().rows()).containsExactly("b");
        story.agent("a2").at(0).sentAfter(0).scripts(LINE).table("c");
        assertThat(story.view().rows()).containsExactly("c");
        // And so is one whose clock is behind, by one that is right again.
        story.agent("a3").at(-600).sentAfter(0).table("d").agent("a4").at(1).sentAfter(0).table("b");
        assertThat(story.view().rows()).containsExactly("b");
    }

    @Test
    void agents_without_a_time_of_sending_count_in_the_order_of_recording() {
        Story story = staging().scripts(LINE).at(60).table("b").agent("a2").at(0).table("c");
        assertThat(story.view().rows()).containsExactly("c");
    }

    /** A promotion counts from then, and a freshness rule asks for it: an agent's clock that is wrong must not open the gate. */
    @Test
    void when_something_was_observed_is_known_by_the_ledgers_clock() {
        for (int off : List.of(-60, 0, 60)) {
            EnvironmentView view = staging().scripts(LINE).at(off).sentAfter(0).applied("a").table("a").view();
            assertThat(view.observedRuns()).as("clock %d minutes ahead", off)
                    .containsExactlyEntriesOf(Map.of("a", NOON.plusSeconds(2)));
            assertThat(view.lastObservation()).as("clock %d minutes ahead", off).isEqualTo(NOON.plusSeconds(3));
        }
        EnvironmentView stored = staging().scripts(LINE).at(60).sentAfter(10).applied("a").table("a").view();
        assertThat(stored.observedRuns()).as("stored for ten minutes, and sent then")
                .containsExactlyEntriesOf(Map.of("a", NOON.plusSeconds(2).minusSeconds(600)));
        assertThat(stored.lastObservation()).isEqualTo(NOON.plusSeconds(3).minusSeconds(600));
        assertThat(staging().scripts(LINE).at(60).applied("a").table("a").view().lastObservation())
                .as("an agent that does not say when it sent").isEqualTo(NOON.plusSeconds(3));
        assertThat(staging().scripts(LINE).stamped("a").table("a").view().observedRuns()).as("a stamp").isEmpty();
    }

    @Test
    void a_run_that_is_reported_again_was_observed_the_first_time() {
        Story story = staging().scripts(LINE).sentAfter(0).applied("a").table("a").applied("a");
        assertThat(story.view().observedRuns()).containsExactlyEntriesOf(Map.of("a", NOON.plusSeconds(2)));
    }

    @Test
    void the_offset_of_an_agents_clock_is_reported() {
        Story story = staging().scripts(LINE).at(60).sentAfter(0).table("b").agent("a2").table("b").agent("a3").at(-60)
                .sentAfter(0).table("b");
        assertThat(story.view().report().agents())
                .extracting(WatchingAgent::clockAhead)
                .satisfiesExactly(ahead -> assertThat(ahead).isBetween(3_590L, 3_600L),
                        ahead -> assertThat(ahead).isBetween(3_590L, 3_600L),
                        behind -> assertThat(behind).isBetween(-3_610L, -3_600L));
        assertThat(story.agent("a4").at(1).table("b").view().report().agents().getLast().clockAhead()).isNull();
    }

    @Test
    void what_was_recorded_while_the_ledgers_clock_was_ahead_was_known_when_the_next_was_recorded() {
        List<RecordedEvent> events = staging().scripts(LINE).table("b").table("c").events();
        List<RecordedEvent> jumped = new ArrayList<>(events);
        RecordedEvent ahead = events.get(events.size() - 2);
        jumped.set(events.size() - 2, new RecordedEvent(ahead.eventId(), ahead.project(), ahead.environment(),
                ahead.origin(), ahead.occurredAt(), ahead.recordedAt().plusSeconds(31_536_000), ahead.event()));
        Moment now = new Moment(null, events.getLast().recordedAt());
        Moment before = new Moment(null, events.getLast().recordedAt().minusMillis(1));

        assertThat(now.known(jumped.stream())).isEqualTo(events.size());
        assertThat(before.known(jumped.stream())).isEqualTo(events.size() - 2);
    }

    @Test
    void a_clock_that_was_set_back_does_not_freeze_an_environment() {
        Story story = staging().scripts(LINE).at(60).table("b").at(0).table("c");
        assertThat(story.view().rows()).containsExactly("c");
        assertThat(story.view().observedAt()).isEqualTo(NOON);
    }

    @Test
    void of_two_polls_at_one_moment_the_later_recorded_counts() {
        assertThat(staging().scripts(LINE).table("c").agent("a0").table("d").view().rows()).containsExactly("d");
    }

    @Test
    void scripts_follow_differences_and_whole_scans_replace_them() {
        Story story = staging().scripts("a b<a").moreScripts(List.of("b.py"), "c<a");
        assertThat(story.view().heads()).containsExactly("c");
        assertThat(story.view().graph().contains("b")).isFalse();
        assertThat(story.scripts("x").view().heads()).containsExactly("x");
        assertThat(story.view().graph().contains("a")).isFalse();
    }

    @Test
    void each_agent_has_scripts_of_its_own_and_the_last_recorded_scan_counts() {
        Story story = staging().scripts("a b<a").agent("a2").scripts("a b<a c<b");
        assertThat(story.view().heads()).containsExactly("c");
        assertThat(story.agent("a1").moreScripts(List.of(), "d<b").view().heads()).containsExactly("d");
    }

    @Test
    void heads_are_the_agents_words_until_it_scans_again() {
        Story story = staging().scripts(LINE).says(new HeadDetected(List.of("d", "x"), List.of("x")));
        assertThat(story.view().heads()).containsExactly("d", "x");
        assertThat(story.view().realHeads()).containsExactly("x");
        assertThat(story.moreScripts(List.of("d.py")).view().heads()).containsExactly("c");
    }

    @Test
    void problems_are_those_of_the_scripts_that_count() {
        ScriptProblem problem = new FileProblem.Forbidden(new Place("c.py"));
        Story story = staging().says(
                new ScriptsScanned("versions", 1, "d1", null, Story.history("b<a"), List.of(), List.of(problem),
                        Story.TOOL));
        assertThat(story.view().report().problems()).containsExactly(ScriptFindings.of(problem));
        assertThat(story.scripts("a b<a").view().report().problems()).isEmpty();
    }

    @Test
    void commands_call_the_tool_as_the_agent_does_whose_scripts_count() {
        Story story = staging().section("orders").scripts("a").table("a");
        assertThat(story.view().toolCall().command("stamp"))
                .isEqualTo("cd /srv/navbot && alembic -c alembic.ini -n orders stamp");
        // A pipeline that sees no version table does not count.
        story.agent("ci").source("git:1").section("users").scripts("a");
        assertThat(story.view().toolCall().command("stamp")).contains("-n orders");
    }

    @Test
    void another_agent_that_watches_the_table_and_calls_the_tool_differently_makes_it_uncertain() {
        Story story = staging().says(new AgentStarted("1", "alembic", "watch", Map.of()))
                .section("orders").scripts("a").table("a").agent("a2").scripts("a").table("a");
        assertThat(story.view().toolCall().command("stamp")).contains("-n orders");
        story.section("users").scripts("a");
        assertThat(story.view().toolCall().command("stamp")).isEqualTo("alembic … stamp");
        assertThat(story.view().toolCall().note()).contains("'a1' as 'alembic -c alembic.ini -n orders'",
                "'a2' as 'alembic -c alembic.ini -n users'");
        story.agent("a1").says(new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP));
        assertThat(story.view().toolCall().command("stamp")).contains("-n users");
    }

    @Test
    void an_agent_watches_until_it_reports_its_stop() {
        Story story = staging().says(new AgentStarted("1", "alembic", "watch", Map.of()));
        assertThat(agent(story).watching()).isTrue();
        assertThat(agent(story.says(new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP))).watching()).isFalse();
        assertThat(agent(story).lastSequence()).isEqualTo(2);
        UUID first = agent(story).epoch();
        story.newSpool().says(new AgentStarted("1", "alembic", "watch", Map.of()));
        assertThat(agent(story).watching()).isTrue();
        assertThat(agent(story).lastSequence()).isEqualTo(1);
        assertThat(agent(story).epoch()).isNotEqualTo(first);
    }

    @Test
    void labels_are_those_reported_last() {
        Story story = staging().says(started(Map.of("tier", "prod", "zone", "eu")));
        story.agent("a2").says(started(Map.of()));
        assertThat(story.view().report().labels()).isEqualTo(Map.of("tier", "prod", "zone", "eu"));
        assertThat(story.says(started(Map.of("tier", "test"))).view().report().labels())
                .isEqualTo(Map.of("tier", "test"));
        assertThat(story.says(started(Map.of())).view().report().labels()).isEmpty();
    }

    @Test
    void an_environment_has_the_labels_that_it_was_registered_with() {
        RecordedEvent registered = new RecordedEvent(
                new UUID(0, 1), "navbot", "staging", null, Occurrence.exactly(NOON), NOON,
                new EnvironmentRegistered(Map.of("tier", "prod")));
        EnvironmentView view = EnvironmentView.empty("navbot", "staging").after(List.of(registered));
        assertThat(view.report().labels()).isEqualTo(Map.of("tier", "prod"));
        assertThat(view.report().events()).isEqualTo(1);
        assertThat(view.report().observedAt()).isNull();
        assertThat(view.report().recordedAt()).isEqualTo(NOON);
    }

    @Test
    void rows_written_by_hand_are_stamped() {
        Story story = staging().scripts(LINE).applied("a", "b").table("b")
                .says(new VersionTableEdited(List.of("b"), List.of("a", "b", "d"), SEEN)).table("a", "b", "d");
        assertThat(statuses(story)).isEqualTo("a=applied b=applied c=implied d=stamped");
    }

    @Test
    void a_gap_and_a_schema_change_no_status() {
        Story story = staging().scripts(LINE).applied("a").table("a").at(3)
                .says(new ObservationGap(NOON, NOON.plusSeconds(180), new AgentNotRunning()))
                .says(new SchemaObserved(new Fingerprint(1, "f"), null, List.of(), List.of(), "public", 0));
        assertThat(statuses(story)).isEqualTo("a=applied");
        assertThat(story.view().observedAt()).isEqualTo(Instant.parse("2026-01-01T12:03:00Z"));
    }

    @Test
    void how_events_were_batched_makes_no_difference() {
        Story story = staging().scripts(LINE).applied("a", "b").table("b").agent("a2").scripts("a b<a").table("z")
                .agent("a1").reverted("b").table("a").stamped("d").table("d");
        EnvironmentView one = EnvironmentView.empty("navbot", "staging");
        for (RecordedEvent event : story.events()) {
            one = one.after(List.of(event));
        }
        assertThat(one).isEqualTo(story.view());
    }

    @Test
    void a_cycle_in_the_scripts_is_survived() {
        assertThat(staging().scripts("a<c b<a c<b").applied("b").table("b").view().report().revisions())
                .extracting(RevisionStatus::revision).contains("b");
    }

    private static Story staging() {
        return new Story("staging");
    }

    private static AgentStarted started(Map<String, String> labels) {
        return new AgentStarted("1", "alembic", "watch", labels);
    }

    private static EnvironmentReport.WatchingAgent agent(Story story) {
        return story.view().report().agents().getFirst();
    }

    private static String statuses(Story story) {
        return story.view().report().revisions().stream()
                .map(it -> it.revision() + "=" + it.kind().name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
