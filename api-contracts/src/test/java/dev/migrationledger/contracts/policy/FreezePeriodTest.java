package dev.migrationledger.contracts.policy;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.policy.FreezePeriod.Dates;
import dev.migrationledger.contracts.policy.FreezePeriod.Span;
import dev.migrationledger.contracts.policy.FreezePeriod.Weekly;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreezePeriodTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Clocks go from 02:00 to 03:00 on Sunday, 29 March 2026, at 01:00 UTC; and back on 25 October at 01:00 UTC. */
    private static final Instant SPRING = Instant.parse("2026-03-29T01:00:00Z");

    private static final Weekly WEEKEND = Weekly.between(FRIDAY, time("16:00"), MONDAY, time("08:00"));

    @Test
    void a_weekend_begins_on_friday_and_ends_on_monday() {
        assertThat(WEEKEND.at(Instant.parse("2026-06-05T13:59:59Z"), BERLIN)).isEmpty();
        assertThat(WEEKEND.at(Instant.parse("2026-06-05T14:00:00Z"), BERLIN))
                .isEqualTo(span("2026-06-05T14:00:00Z", "2026-06-08T06:00:00Z"));
        assertThat(WEEKEND.at(Instant.parse("2026-06-08T05:59:59Z"), BERLIN)).isPresent();
        assertThat(WEEKEND.at(Instant.parse("2026-06-08T06:00:00Z"), BERLIN)).isEmpty();
    }

    @Test
    void a_weekend_in_which_clocks_change_is_an_hour_shorter_or_longer() {
        assertThat(WEEKEND.at(SPRING, BERLIN)).isEqualTo(span("2026-03-27T15:00:00Z", "2026-03-30T06:00:00Z"));
        assertThat(WEEKEND.at(Instant.parse("2026-10-25T01:00:00Z"), BERLIN))
                .isEqualTo(span("2026-10-23T14:00:00Z", "2026-10-26T07:00:00Z"));
    }

    @Test
    void a_night_reaches_into_the_next_day() {
        Weekly night = Weekly.on(EnumSet.of(MONDAY), time("22:00"), time("06:00"));
        assertThat(night.at(Instant.parse("2026-06-02T03:00:00Z"), BERLIN))
                .isEqualTo(span("2026-06-01T20:00:00Z", "2026-06-02T04:00:00Z"));
        assertThat(night.at(Instant.parse("2026-06-01T03:00:00Z"), BERLIN)).isEmpty();
    }

    @Test
    void a_window_that_begins_or_ends_in_the_missing_hour_does_so_when_clocks_change() {
        assertThat(sunday("02:30", "04:00").at(SPRING, BERLIN))
                .isEqualTo(span("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"));
        assertThat(sunday("01:00", "02:30").at(SPRING.minusSeconds(1), BERLIN))
                .isEqualTo(span("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"));
    }

    @Test
    void a_window_within_the_missing_hour_is_not_there() {
        assertThat(sunday("02:15", "02:45").at(SPRING, BERLIN)).isEmpty();
    }

    @Test
    void a_window_in_the_double_hour_holds_both_of_its_times() {
        Optional<Span> both = span("2026-10-25T00:15:00Z", "2026-10-25T01:45:00Z");
        assertThat(sunday("02:15", "02:45").at(Instant.parse("2026-10-25T00:20:00Z"), BERLIN)).isEqualTo(both);
        assertThat(sunday("02:15", "02:45").at(Instant.parse("2026-10-25T01:40:00Z"), BERLIN)).isEqualTo(both);
    }

    @Test
    void dates_hold_the_double_hour_at_either_end() {
        Dates dates = new Dates(LocalDateTime.parse("2026-10-25T02:30"), LocalDateTime.parse("2027-10-31T02:30"));
        assertThat(dates.at(Instant.parse("2027-01-01T00:00:00Z"), BERLIN))
                .isEqualTo(span("2026-10-25T00:30:00Z", "2027-10-31T01:30:00Z"));
    }

    @Test
    void a_week_less_an_hour_is_frozen_except_for_that_hour() {
        Weekly week = Weekly.between(FRIDAY, time("09:00"), FRIDAY, time("08:00"));
        assertThat(week.at(Instant.parse("2026-06-05T06:30:00Z"), BERLIN)).isEmpty();
        assertThat(week.at(Instant.parse("2026-06-05T05:59:00Z"), BERLIN))
                .isEqualTo(span("2026-05-29T07:00:00Z", "2026-06-05T06:00:00Z"));
    }

    @Test
    void a_window_of_one_day_ends_on_it() {
        assertThat(Weekly.between(FRIDAY, time("08:00"), FRIDAY, time("09:00")))
                .isEqualTo(Weekly.on(Set.of(FRIDAY), time("08:00"), time("09:00")));
    }

    @Test
    void periods_overlap_where_they_share_a_moment() {
        assertThat(overlap(WEEKEND, sunday("00:00", "01:00"))).isTrue();
        // Sunday's reaches into the Monday of the next week.
        assertThat(overlap(Weekly.on(Set.of(SUNDAY), time("22:00"), time("06:00")), day(MONDAY, "05:00", "07:00")))
                .isTrue();
        assertThat(overlap(day(FRIDAY, "08:00", "16:00"), WEEKEND)).isFalse();
        assertThat(overlap(day(SATURDAY, "08:00", "09:00"), day(SATURDAY, "09:00", "10:00"))).isFalse();
        assertThat(
                overlap(dates("2026-12-20T00:00", "2027-01-02T00:00"), dates("2027-01-01T00:00", "2027-01-03T00:00")))
                .isTrue();
        assertThat(
                overlap(dates("2026-12-20T00:00", "2027-01-02T00:00"), dates("2027-01-02T00:00", "2027-01-03T00:00")))
                .isFalse();
    }

    @Test
    void holidays_may_hold_a_weekend() {
        assertThat(overlap(dates("2026-12-20T00:00", "2027-01-02T00:00"), WEEKEND)).isFalse();
    }

    private static boolean overlap(FreezePeriod one, FreezePeriod other) {
        boolean overlap = FreezePeriod.overlap(one, BERLIN, other, BERLIN);
        assertThat(FreezePeriod.overlap(other, BERLIN, one, BERLIN)).isEqualTo(overlap);
        return overlap;
    }

    private static Dates dates(String from, String until) {
        return new Dates(LocalDateTime.parse(from), LocalDateTime.parse(until));
    }

    private static Weekly sunday(String from, String until) {
        return day(SUNDAY, from, until);
    }

    private static Weekly day(DayOfWeek day, String from, String until) {
        return Weekly.on(Set.of(day), time(from), time(until));
    }

    private static LocalTime time(String time) {
        return LocalTime.parse(time);
    }

    private static Optional<Span> span(String from, String until) {
        return Optional.of(new Span(Instant.parse(from), Instant.parse(until)));
    }
}
