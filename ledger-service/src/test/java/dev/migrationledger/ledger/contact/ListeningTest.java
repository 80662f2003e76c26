package dev.migrationledger.ledger.contact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.core.situation.Observations.Silence;
import dev.migrationledger.ledger.contact.Listening.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An agent may be silent for five minutes. Times are minutes past noon. */
class ListeningTest {

    private static final Set<String> WATCHING = Set.of("a", "b");

    private Listening listening = Listening.from(minute(0), Duration.ofMinutes(5));

    @Test
    void an_agent_that_is_silent_for_too_long_is_missed() {
        listen(0, 20);
        assertThat(presence(Map.of("a", minute(16)))).isEqualTo(new Presence.Heard());
        assertThat(presence(Map.of("a", minute(14))))
                .isEqualTo(new Presence.Missed(new Silence("a", minute(14), minute(19))));
    }

    @Test
    void as_long_as_one_of_several_speaks_the_environment_is_watched() {
        listen(0, 20);
        assertThat(presence(Map.of("a", minute(1), "b", minute(19)))).isEqualTo(new Presence.Heard());
        assertThat(presence(Map.of("a", minute(1), "b", minute(3))))
                .isEqualTo(new Presence.Missed(new Silence("b", minute(3), minute(8))));
    }

    @Test
    void who_stopped_or_never_promised_to_speak_is_not_missed() {
        listen(0, 20);
        assertThat(presence(Map.of("stopped", minute(1)))).isEqualTo(new Presence.Heard());
        assertThat(presence(Map.of())).isEqualTo(new Presence.Heard());
    }

    @Test
    void whoever_was_heard_just_now_is_there_even_if_nothing_else_is_known_of_it() {
        listen(0, 20);
        assertThat(presence(Map.of("a", minute(1), "forgotten", minute(19)))).isEqualTo(new Presence.Heard());
        assertThat(presence(Map.of("a", minute(2), "forgotten", minute(3))))
                .isEqualTo(new Presence.Missed(new Silence("a", minute(2), minute(7))));
    }

    @Test
    void a_ledger_that_has_just_come_back_accuses_nobody() {
        listening = Listening.from(minute(100), Duration.ofMinutes(5));
        listen(100, 104);
        assertThat(presence(Map.of("a", minute(1)))).isEqualTo(new Presence.Unclear());
        listen(104, 106);
        assertThat(presence(Map.of("a", minute(1)))).isInstanceOf(Presence.Missed.class);
    }

    @Test
    void nor_does_one_that_was_asleep() {
        listen(0, 10);
        listening = listening.still(minute(60));
        assertThat(presence(Map.of("a", minute(10)))).isEqualTo(new Presence.Unclear());
        assertThat(presence(Map.of("a", minute(59)))).isEqualTo(new Presence.Heard());
    }

    /** Agents go on speaking, or not, while the ledger's clock is a year ahead for four minutes. */
    @Test
    void a_clock_that_jumps_ahead_and_back_accuses_nobody_and_misses_who_fell_silent_then() {
        int year = 365 * 24 * 60;
        listen(0, 20);
        listen(year, year + 4);
        assertThat(presence(Map.of("a", minute(20)))).isEqualTo(new Presence.Unclear());
        assertThat(presence(Map.of("a", minute(year + 4)))).isEqualTo(new Presence.Heard());
        listen(26, 28);
        assertThat(presence(Map.of("a", minute(year + 4)))).isEqualTo(new Presence.Heard());
        listen(29, 40);
        assertThat(presence(Map.of("a", minute(year + 4)))).isInstanceOf(Presence.Missed.class);
        assertThat(presence(Map.of("a", minute(year + 4), "b", minute(39)))).isEqualTo(new Presence.Heard());
        assertThat(listening.mark(Map.of("a", minute(year + 4), "b", minute(39)))).isEmpty();
        assertThat(listening.asHeard(Map.of("a", minute(year + 4)))).isEqualTo(Map.of("a", minute(26)));
    }

    @Test
    void the_mark_changes_exactly_when_there_is_something_to_judge_anew() {
        listen(0, 20);
        assertThat(listening.mark(Map.of("a", minute(19)))).isEmpty();
        assertThat(listening.mark(Map.of())).isEmpty();
        String missed = listening.mark(Map.of("a", minute(3)));
        listen(20, 30);
        assertThat(listening.mark(Map.of("a", minute(3)))).isEqualTo(missed).isNotEmpty();
        assertThat(listening.still(minute(90)).mark(Map.of("a", minute(3)))).isNotEqualTo(missed);
    }

    private Presence presence(Map<String, Instant> heard) {
        return listening.presence(heard, WATCHING);
    }

    private void listen(int from, int until) {
        for (int minute = from; minute <= until; minute++) {
            listening = listening.still(minute(minute));
        }
    }

    private static Instant minute(int minute) {
        return Instant.parse("2026-01-01T12:00:00Z").plusSeconds(60L * minute);
    }
}
