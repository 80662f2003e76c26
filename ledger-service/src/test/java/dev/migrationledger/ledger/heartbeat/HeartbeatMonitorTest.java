package dev.migrationledger.ledger.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.core.situation.Observations.Silence;
import dev.migrationledger.ledger.heartbeat.HeartbeatMonitor.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An agent may be silent for five minutes. Times are minutes past noon. */
class HeartbeatMonitorTest {

    private static final Set<String> WATCHING = Set.of("a", "b");

    private HeartbeatMonitor heartbeatMonitor = HeartbeatMonitor.startedAt(minute(0), Duration.ofMinutes(5));

    @Test
    void an_agent_that_is_silent_for_too_long_is_missed() {
        listen(0, 20);
        assertThat(presence(Map.of("a", minute(16)))).isEqualTo(new Presence.Present());
        assertThat(presence(Map.of("a", minute(14))))
                .isEqualTo(new Presence.Missing(new Silence("a", minute(14), minute(19))));
    }

    @Test
    void one_live_agent_of_several_is_enough_to_watch_an_environment() {
        listen(0, 20);
        assertThat(presence(Map.of("a", minute(1), "b", minute(19)))).isEqualTo(new Presence.Present());
        assertThat(presence(Map.of("a", minute(1), "b", minute(3))))
                .isEqualTo(new Presence.Missing(new Silence("b", minute(3), minute(8))));
    }

    @Test
    void an_agent_that_stopped_or_never_sent_a_heartbeat_is_not_missed() {
        listen(0, 20);
        assertThat(presence(Map.of("stopped", minute(1)))).isEqualTo(new Presence.Present());
        assertThat(presence(Map.of())).isEqualTo(new Presence.Present());
    }

    @Test
    void an_agent_with_a_fresh_heartbeat_is_live_even_without_history() {
        listen(0, 20);
        assertThat(presence(Map.of("a", minute(1), "forgotten", minute(19)))).isEqualTo(new Presence.Present());
        assertThat(presence(Map.of("a", minute(2), "forgotten", minute(3))))
                .isEqualTo(new Presence.Missing(new Silence("a", minute(2), minute(7))));
    }

    @Test
    void a_ledger_that_has_just_started_misses_no_agent() {
        heartbeatMonitor = HeartbeatMonitor.startedAt(minute(100), Duration.ofMinutes(5));
        listen(100, 104);
        assertThat(presence(Map.of("a", minute(1)))).isEqualTo(new Presence.Unknown());
        listen(104, 106);
        assertThat(presence(Map.of("a", minute(1)))).isInstanceOf(Presence.Missing.class);
    }

    @Test
    void a_ledger_that_was_suspended_misses_no_agent() {
        listen(0, 10);
        heartbeatMonitor = heartbeatMonitor.continuedAt(minute(60));
        assertThat(presence(Map.of("a", minute(10)))).isEqualTo(new Presence.Unknown());
        assertThat(presence(Map.of("a", minute(59)))).isEqualTo(new Presence.Present());
    }

    /** Agents go on speaking, or not, while the ledger's clock is a year ahead for four minutes. */
    @Test
    void a_clock_that_jumps_ahead_and_back_hides_no_silence_and_invents_none() {
        int year = 365 * 24 * 60;
        listen(0, 20);
        listen(year, year + 4);
        assertThat(presence(Map.of("a", minute(20)))).isEqualTo(new Presence.Unknown());
        assertThat(presence(Map.of("a", minute(year + 4)))).isEqualTo(new Presence.Present());
        listen(26, 28);
        assertThat(presence(Map.of("a", minute(year + 4)))).isEqualTo(new Presence.Present());
        listen(29, 40);
        assertThat(presence(Map.of("a", minute(year + 4)))).isInstanceOf(Presence.Missing.class);
        assertThat(presence(Map.of("a", minute(year + 4), "b", minute(39)))).isEqualTo(new Presence.Present());
        assertThat(heartbeatMonitor.silenceDigest(Map.of("a", minute(year + 4), "b", minute(39)))).isEmpty();
        assertThat(heartbeatMonitor.corrected(Map.of("a", minute(year + 4)))).isEqualTo(Map.of("a", minute(26)));
    }

    @Test
    void the_digest_changes_exactly_when_something_has_to_be_evaluated_again() {
        listen(0, 20);
        assertThat(heartbeatMonitor.silenceDigest(Map.of("a", minute(19)))).isEmpty();
        assertThat(heartbeatMonitor.silenceDigest(Map.of())).isEmpty();
        String missed = heartbeatMonitor.silenceDigest(Map.of("a", minute(3)));
        listen(20, 30);
        assertThat(heartbeatMonitor.silenceDigest(Map.of("a", minute(3)))).isEqualTo(missed).isNotEmpty();
        assertThat(heartbeatMonitor.continuedAt(minute(90)).silenceDigest(Map.of("a", minute(3)))).isNotEqualTo(missed);
    }

    @Test
    void a_ledger_that_has_just_started_keeps_what_another_one_found_out_about_a_silence() {
        listen(0, 20);
        Map<String, Instant> silent = Map.of("a", minute(3));
        String missed = heartbeatMonitor.silenceDigest(silent);
        HeartbeatMonitor started = HeartbeatMonitor.startedAt(minute(20), Duration.ofMinutes(5));
        assertThat(started.isEvaluated(silent, missed)).isTrue();
        assertThat(started.isEvaluated(Map.of("a", minute(4)), missed)).as("of another silence").isFalse();
        assertThat(started.isEvaluated(silent, "")).isFalse();
        assertThat(started.isEvaluated(silent, null)).isFalse();
        assertThat(heartbeatMonitor.isEvaluated(silent, started.silenceDigest(silent)))
                .as("who can tell evaluates once more").isFalse();
        assertThat(heartbeatMonitor.isEvaluated(silent, missed)).isTrue();
    }

    private Presence presence(Map<String, Instant> heartbeats) {
        return heartbeatMonitor.presence(heartbeats, WATCHING);
    }

    private void listen(int from, int until) {
        for (int minute = from; minute <= until; minute++) {
            heartbeatMonitor = heartbeatMonitor.continuedAt(minute(minute));
        }
    }

    private static Instant minute(int minute) {
        return Instant.parse("2026-01-01T12:00:00Z").plusSeconds(60L * minute);
    }
}
