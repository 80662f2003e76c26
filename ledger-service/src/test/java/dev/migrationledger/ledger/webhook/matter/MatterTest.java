package dev.migrationledger.ledger.webhook.matter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.webhook.WebhookKind;
import dev.migrationledger.contracts.webhook.WebhookMessage.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is news, and when it is reported. */
class MatterTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private @Nullable Matter matter;
    private Instant now = NOON;
    private long position;

    @Test
    void what_begins_is_reported_after_the_window_and_once() {
        report(true, "warning");
        assertThat(dueIn()).isEqualTo(Matter.WINDOW);
        assertThat(tell()).isEqualTo(Change.BEGAN);
        report(true, "warning");
        assertThat(dueIn()).as("it is the same").isNull();
    }

    @Test
    void what_ends_is_reported_once() {
        report(true, "warning");
        tell();
        report(false);
        assertThat(dueIn()).isEqualTo(Matter.WINDOW);
        assertThat(tell()).isEqualTo(Change.ENDED);
        report(false);
        assertThat(dueIn()).isNull();
    }

    @Test
    void what_begins_and_ends_within_the_window_is_no_news() {
        report(true, "warning");
        report(false);
        assertThat(dueIn()).isNull();
    }

    @Test
    void what_gets_worse_is_reported_and_what_gets_better_is_not() {
        report(true, "warning");
        tell();
        report(true, "warning", "error");
        assertThat(tell()).isEqualTo(Change.WORSENED);
        report(true, "warning");
        assertThat(dueIn()).isNull();
    }

    @Test
    void what_comes_and_goes_waits_longer_each_time_up_to_an_hour() {
        report(true, "warning");
        tell();
        report(false);
        tell();
        for (Duration pause : new Duration[]{Duration.ofMinutes(2), Duration.ofMinutes(8), Duration.ofMinutes(32),
            Duration.ofHours(1)}) {
            report(!current().newest().open(), "warning");
            assertThat(dueIn()).isEqualTo(pause);
            tell();
        }
        report(!current().newest().open(), "warning");
        report(!current().newest().open(), "warning");
        assertThat(dueIn()).as("it is again as it was reported").isNull();
        now = now.plus(Duration.ofHours(2));
        report(!current().newest().open(), "warning");
        assertThat(dueIn()).as("that was long ago").isEqualTo(Matter.WINDOW);
    }

    @Test
    void what_began_before_the_webhook_was_added_is_no_news_until_it_is_worse() {
        take(report(true, NOON.minusSeconds(1), "warning"));
        assertThat(dueIn()).isNull();
        report(true, "warning", "error");
        assertThat(tell()).isEqualTo(Change.WORSENED);
    }

    @Test
    void the_end_of_something_unknown_is_no_news() {
        assertThat(Matter.after(null, report(false, NOON), NOON, now, now)).isEmpty();
    }

    @Test
    void an_event_that_is_handed_over_again_changes_nothing() {
        report(true, "warning");
        MatterReport again = current().newest();
        tell();
        Matter told = current();
        take(again);
        assertThat(matter).isEqualTo(told);
    }

    @Test
    void an_end_keeps_the_sentence_of_the_begin() {
        report(true, "warning");
        report(false);
        assertThat(current().newest().sentence()).isEqualTo("It is so.");
    }

    @Test
    void a_deploy_that_is_blocked_again_the_next_day_is_another_one() {
        take(deploy());
        tell();
        take(deploy());
        assertThat(dueIn()).as("a pipeline tries again").isNull();
        now = now.plus(Duration.ofHours(13));
        take(deploy());
        assertThat(dueIn()).isEqualTo(Matter.WINDOW);
    }

    private MatterReport deploy() {
        return new MatterReport("m", WebhookKind.DEPLOY_BLOCKED, "navbot", "production", true, Set.of("frozen"), null,
                null, "It is so.", now, now, ++position, "/");
    }

    private void report(boolean open, String... facets) {
        take(report(open, now, facets));
    }

    private MatterReport report(boolean open, Instant begun, String... facets) {
        return new MatterReport("m", WebhookKind.DIVERGENCE, "navbot", "production", open, Set.of(facets), "forked",
                Severity.WARNING, open ? "It is so." : null, now, begun, ++position, "/");
    }

    private void take(MatterReport report) {
        matter = Matter.after(matter, report, NOON, now, now.plus(Matter.WINDOW)).orElseThrow();
    }

    private @Nullable Duration dueIn() {
        Instant due = current().dueAt();
        return due == null ? null : Duration.between(now, due);
    }

    private Change tell() {
        now = Objects.requireNonNull(current().dueAt());
        Change change = current().change(now).orElseThrow();
        matter = current().reported(now);
        return change;
    }

    private Matter current() {
        return Objects.requireNonNull(matter);
    }
}
