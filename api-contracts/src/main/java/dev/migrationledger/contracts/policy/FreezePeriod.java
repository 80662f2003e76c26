package dev.migrationledger.contracts.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When nothing is deployed, by the clocks of a time zone. Where clocks change, it is never shorter than it says: a missing time is the
 * moment of the change, a double time begins with its first and ends with its second.
 */
public sealed interface FreezePeriod {

    /** From one date and time to another. */
    record Dates(LocalDateTime from, LocalDateTime until) implements FreezePeriod {
        @Override
        public Optional<Span> at(Instant now, ZoneId zone) {
            return Span.of(from, until, zone).filter(span -> span.holds(now));
        }
    }

    /**
     * Again every week.
     *
     * @param days on which it begins
     * @param daysLong how many days later it ends, 0 to 7
     */
    record Weekly(Set<DayOfWeek> days, LocalTime from, int daysLong, LocalTime until) implements FreezePeriod {

        private static final int WEEK = 7;

        public Weekly {
            days = Collections.unmodifiableSet(EnumSet.copyOf(days));
        }

        /** From one day's time to the next such other day's time. */
        public static Weekly between(DayOfWeek firstDay, LocalTime from, DayOfWeek lastDay, LocalTime until) {
            int days = Math.floorMod(lastDay.getValue() - firstDay.getValue(), WEEK);
            return new Weekly(EnumSet.of(firstDay), from, days == 0 && !from.isBefore(until) ? WEEK : days, until);
        }

        /** On each of these days, or through the night that follows it. */
        public static Weekly on(Set<DayOfWeek> days, LocalTime from, LocalTime until) {
            return new Weekly(days, from, from.isBefore(until) ? 0 : 1, until);
        }

        @Override
        public Optional<Span> at(Instant now, ZoneId zone) {
            LocalDate today = now.atZone(zone).toLocalDate();
            // One day more on either side: a change of the clocks may cross midnight.
            return today.minusDays(WEEK + 1L).datesUntil(today.plusDays(2))
                    .filter(date -> days.contains(date.getDayOfWeek()))
                    .flatMap(date -> Span.of(date.atTime(from), date.plusDays(daysLong).atTime(until), zone).stream())
                    .filter(span -> span.holds(now))
                    .findFirst();
        }
    }

    /**
     * A stretch of time.
     *
     * @param until the first moment after it
     */
    record Span(Instant from, Instant until) {

        boolean holds(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(until);
        }

        boolean overlaps(Span other) {
            return from.isBefore(other.until) && other.from.isBefore(until);
        }

        /** Empty where both are in the same missing hour. */
        static Optional<Span> of(LocalDateTime from, LocalDateTime until, ZoneId zone) {
            Span span = new Span(moment(from, zone, true), moment(until, zone, false));
            return Optional.of(span).filter(it -> it.from.isBefore(it.until));
        }

        private static Instant moment(LocalDateTime local, ZoneId zone, boolean first) {
            ZoneRules rules = zone.getRules();
            ZoneOffsetTransition change = rules.getTransition(local);
            return change == null
                    ? local.toInstant(rules.getOffset(local))
                    : change.isGap()
                            ? change.getInstant()
                            : local.toInstant(first ? change.getOffsetBefore() : change.getOffsetAfter());
        }
    }

    /** The stretch that a moment is in; empty where it is in none. */
    Optional<Span> at(Instant now, ZoneId zone);

    /**
     * Whether two periods of the same kind have a moment in common. A week's times are compared by the clocks of their zone. Dates may hold a
     * part of a week: a weekend in the holidays is frozen twice, and both have to let a deploy pass.
     */
    static boolean overlap(FreezePeriod one, ZoneId oneZone, FreezePeriod other, ZoneId otherZone) {
        return switch (one) {
            case Dates(LocalDateTime from, LocalDateTime until) -> other instanceof Dates dates
                    && Span.of(from, until, oneZone).flatMap(span -> Span.of(dates.from, dates.until, otherZone)
                            .filter(span::overlaps)).isPresent();
            case Weekly week -> other instanceof Weekly weekly && oneZone.equals(otherZone) && weeks(week).stream()
                    .anyMatch(span -> weeks(weekly).stream().anyMatch(span::overlaps));
        };
    }

    /** As if clocks never changed, for three weeks: one that begins on Sunday reaches into the next. */
    private static List<Span> weeks(Weekly weekly) {
        LocalDate monday = LocalDate.EPOCH.plusDays(4);
        List<Span> spans = new ArrayList<>();
        for (LocalDate date = monday; date.isBefore(monday.plusWeeks(3)); date = date.plusDays(1)) {
            if (weekly.days().contains(date.getDayOfWeek())) {
                spans.add(new Span(date.atTime(weekly.from()).toInstant(ZoneOffset.UTC),
                        date.plusDays(weekly.daysLong()).atTime(weekly.until()).toInstant(ZoneOffset.UTC)));
            }
        }
        return spans;
    }

}
