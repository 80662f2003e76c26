package dev.migrationledger.core.query;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A time in a query. Most are stretches of time: {@code monday} is a whole day. */
public sealed interface TimePoint {

    /** The words for time. */
    List<String> WORDS = words();

    Instant start(Instant now, ZoneId zone);

    /** The first instant after it. */
    Instant end(Instant now, ZoneId zone);

    /** As it is written. */
    String text();

    /** Whether it moves with the time at which it is read. */
    default boolean isRelative() {
        return switch (this) {
            case Month _,Day _,Local _,Exact _ -> false;
            case Ago _,Weekday _,Word _ -> true;
        };
    }

    /** {@code 2026-11}. */
    record Month(YearMonth month) implements TimePoint {
        @Override
        public Instant start(Instant now, ZoneId zone) {
            return midnight(month.atDay(1), zone);
        }

        @Override
        public Instant end(Instant now, ZoneId zone) {
            return midnight(month.plusMonths(1).atDay(1), zone);
        }

        @Override
        public String text() {
            return month.toString();
        }
    }

    /** {@code 2026-11-01}. */
    record Day(LocalDate day) implements TimePoint {
        @Override
        public Instant start(Instant now, ZoneId zone) {
            return midnight(day, zone);
        }

        @Override
        public Instant end(Instant now, ZoneId zone) {
            return midnight(day.plusDays(1), zone);
        }

        @Override
        public String text() {
            return day.toString();
        }
    }

    /** {@code 2026-11-01T10:30} or {@code 2026-11-01T10:30:15}: a minute or a second, by the clock of the reader's zone. */
    record Local(LocalDateTime time, boolean seconds) implements TimePoint {
        @Override
        public Instant start(Instant now, ZoneId zone) {
            return time.atZone(zone).toInstant();
        }

        @Override
        public Instant end(Instant now, ZoneId zone) {
            return start(now, zone).plus(1, seconds ? ChronoUnit.SECONDS : ChronoUnit.MINUTES);
        }

        @Override
        public String text() {
            return DateTimeFormatter.ofPattern(seconds ? "uuuu-MM-dd'T'HH:mm:ss" : "uuuu-MM-dd'T'HH:mm", Locale.ROOT)
                    .format(time);
        }
    }

    /** {@code 2026-11-01T10:30:15Z}, with any offset and fraction: a microsecond, which is what PostgreSQL stores. */
    record Exact(Instant instant) implements TimePoint {
        @Override
        public Instant start(Instant now, ZoneId zone) {
            return instant;
        }

        @Override
        public Instant end(Instant now, ZoneId zone) {
            return instant.plus(1, ChronoUnit.MICROS);
        }

        @Override
        public String text() {
            return instant.toString();
        }
    }

    /** {@code 7d}: so long ago. */
    record Ago(int amount, Unit unit) implements TimePoint {
        @Override
        public Instant start(Instant now, ZoneId zone) {
            return unit.before(now, zone, amount);
        }

        @Override
        public Instant end(Instant now, ZoneId zone) {
            return start(now, zone);
        }

        @Override
        public String text() {
            return amount + unit.letter;
        }
    }

    /** {@code monday}: the last one, or today. */
    record Weekday(DayOfWeek day) implements TimePoint {
        @Override
        public Instant start(Instant now, ZoneId zone) {
            return midnight(date(now, zone), zone);
        }

        @Override
        public Instant end(Instant now, ZoneId zone) {
            return midnight(date(now, zone).plusDays(1), zone);
        }

        @Override
        public String text() {
            return day.name().toLowerCase(Locale.ROOT);
        }

        private LocalDate date(Instant now, ZoneId zone) {
            return today(now, zone).with(TemporalAdjusters.previousOrSame(day));
        }
    }

    /** Days, weeks from Monday, and months around now. */
    enum Word implements TimePoint {
        TODAY,
        YESTERDAY,
        THIS_WEEK,
        LAST_WEEK,
        THIS_MONTH,
        LAST_MONTH;

        @Override
        public Instant start(Instant now, ZoneId zone) {
            return midnight(first(today(now, zone)), zone);
        }

        @Override
        public Instant end(Instant now, ZoneId zone) {
            LocalDate first = first(today(now, zone));
            return midnight(switch (this) {
                case TODAY, YESTERDAY -> first.plusDays(1);
                case THIS_WEEK, LAST_WEEK -> first.plusWeeks(1);
                case THIS_MONTH, LAST_MONTH -> first.plusMonths(1);
            }, zone);
        }

        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private LocalDate first(LocalDate today) {
            LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            return switch (this) {
                case TODAY -> today;
                case YESTERDAY -> today.minusDays(1);
                case THIS_WEEK -> monday;
                case LAST_WEEK -> monday.minusWeeks(1);
                case THIS_MONTH -> today.withDayOfMonth(1);
                case LAST_MONTH -> today.withDayOfMonth(1).minusMonths(1);
            };
        }
    }

    /** Lengths of time. */
    enum Unit {
        SECONDS("s"),
        MINUTES("m"),
        HOURS("h"),
        DAYS("d"),
        WEEKS("w");

        private final String letter;

        Unit(String letter) {
            this.letter = letter;
        }

        /** Days are those of the calendar: 1d before noon is noon, also where a clock was put forward between. */
        private Instant before(Instant now, ZoneId zone, int amount) {
            return switch (this) {
                case SECONDS -> now.minusSeconds(amount);
                case MINUTES -> now.minus(amount, ChronoUnit.MINUTES);
                case HOURS -> now.minus(amount, ChronoUnit.HOURS);
                case DAYS -> now.atZone(zone).minusDays(amount).toInstant();
                case WEEKS -> now.atZone(zone).minusWeeks(amount).toInstant();
            };
        }
    }

    /** Empty for anything that is not a time. */
    static Optional<TimePoint> parse(String text) {
        String typed = text.toUpperCase(Locale.ROOT);
        Optional<TimePoint> word = Stream.<TimePoint>concat(Stream.of(Word.values()),
                Stream.of(DayOfWeek.values()).map(Weekday::new))
                .filter(point -> point.text().equalsIgnoreCase(text))
                .findFirst();
        return word.or(() -> Formats.ago(typed)).or(() -> Formats.calendar(typed));
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>();
        Stream.of(Word.values()).map(Word::text).forEach(words::add);
        Stream.of(DayOfWeek.values()).map(day -> new Weekday(day).text()).forEach(words::add);
        return List.copyOf(words);
    }

    private static LocalDate today(Instant now, ZoneId zone) {
        return LocalDate.ofInstant(now, zone);
    }

    private static Instant midnight(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** The forms of times that are not words. */
    final class Formats {

        /** Five digits: 99999w is after the year 0. */
        private static final Pattern AGO = Pattern.compile("(\\d{1,5})([SMHDW])");

        /** Years of four digits: what databases and calendars agree on. */
        private static final Pattern CALENDAR = Pattern.compile("(\\d{4}-\\d{2})(-\\d{2})?(T.*)?");

        private Formats() {}

        private static Optional<TimePoint> ago(String typed) {
            Matcher matcher = AGO.matcher(typed);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            return Stream.of(Unit.values())
                    .filter(unit -> unit.letter.equalsIgnoreCase(matcher.group(2)))
                    .<TimePoint>map(unit -> new Ago(Integer.parseInt(matcher.group(1)), unit))
                    .findFirst();
        }

        private static Optional<TimePoint> calendar(String typed) {
            Matcher matcher = CALENDAR.matcher(typed);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            try {
                if (matcher.group(3) != null) {
                    return matcher.group(2) == null ? Optional.empty() : Optional.of(time(typed));
                }
                return Optional.of(matcher.group(2) == null
                        ? new Month(YearMonth.parse(typed))
                        : new Day(LocalDate.parse(typed)));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        private static TimePoint time(String typed) {
            if (typed.matches(".*T\\d{2}:\\d{2}(:\\d{2})?")) {
                return new Local(LocalDateTime.parse(typed), typed.length() == "2026-11-01T10:30:15".length());
            }
            return new Exact(OffsetDateTime.parse(typed).toInstant().truncatedTo(ChronoUnit.MICROS));
        }
    }
}
