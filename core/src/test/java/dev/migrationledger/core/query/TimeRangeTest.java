package dev.migrationledger.core.query;

import static dev.migrationledger.core.query.TestLanguage.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRangeTest {

    /** A Wednesday, 00:30 in Zurich and still Tuesday in London. */
    private static final Instant NOW = Instant.parse("2026-11-03T23:30:00Z");

    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "since:monday, 2026-11-01T23:00:00Z, -",
        "since:wednesday, 2026-11-03T23:00:00Z, -",
        "since:thursday, 2026-10-28T23:00:00Z, -",
        "since:7d, 2026-10-27T23:30:00Z, -",
        "until:2h, -, 2026-11-03T21:30:00Z",
        "until:2026-11-01, -, 2026-11-01T23:00:00Z",
        "at:today, 2026-11-03T23:00:00Z, 2026-11-04T23:00:00Z",
        "at:yesterday, 2026-11-02T23:00:00Z, 2026-11-03T23:00:00Z",
        "at:last-week, 2026-10-25T23:00:00Z, 2026-11-01T23:00:00Z",
        "at:this-week, 2026-11-01T23:00:00Z, 2026-11-08T23:00:00Z",
        "at:last-month, 2026-09-30T22:00:00Z, 2026-10-31T23:00:00Z",
        "at:2026-10, 2026-09-30T22:00:00Z, 2026-10-31T23:00:00Z",
        "at:7d, 2026-10-27T23:30:00Z, 2026-11-03T23:30:00Z",
        "at:2026-11-01..2026-11-02, 2026-10-31T23:00:00Z, 2026-11-02T23:00:00Z",
        "at:2d.., 2026-11-01T23:30:00Z, -",
        "at:..2026-11-01T10:30, -, 2026-11-01T09:31:00Z",
        "at:>2026-11-01, 2026-11-01T23:00:00Z, -",
        "at:<2026-11-01, -, 2026-10-31T23:00:00Z",
        "at:2026-11-01T10:30:05Z, 2026-11-01T10:30:05Z, 2026-11-01T10:30:05.000001Z",
        "at:2026-11-01t10:30:05, 2026-11-01T09:30:05Z, 2026-11-01T09:30:06Z"})
    void times_are_those_of_the_reader(String text, Instant from, Instant to) {
        assertThat(resolved(text, ZURICH)).isEqualTo(new TimeInterval(from, to));
    }

    @Test
    void a_day_is_another_one_elsewhere() {
        assertThat(resolved("at:today", ZoneId.of("Europe/London")).from()).isEqualTo("2026-11-03T00:00:00Z");
    }

    @Test
    void an_interval_contains_its_first_instant_and_not_the_one_after_it() {
        TimeInterval day = resolved("at:2026-11-01", ZURICH);

        assertThat(day.contains(Objects.requireNonNull(day.from()))).isTrue();
        assertThat(day.contains(Objects.requireNonNull(day.to()))).isFalse();
    }

    private static TimeInterval resolved(String text, ZoneId zone) {
        ParsedQuery parsed = LANGUAGE.parse(text);
        assertThat(parsed.problems()).isEmpty();
        return ((Term.During) parsed.query().terms().getFirst()).values().getFirst().resolve(NOW, zone);
    }
}
