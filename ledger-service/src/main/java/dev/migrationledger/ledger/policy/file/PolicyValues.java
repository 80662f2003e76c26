package dev.migrationledger.ledger.policy.file;

import dev.migrationledger.contracts.text.ListText;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Single values as the file writes them; empty or absent for a text that is none. */
final class PolicyValues {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Pattern DATE_TIME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2})");
    private static final Pattern DAY_TIME = Pattern.compile("(\\w+) +(\\d{2}:\\d{2})");

    private PolicyValues() {}

    /** When a freeze begins or ends: a date with a time, a day of the week with a time, or a time. */
    record Moment(@Nullable LocalDate date, @Nullable DayOfWeek day, LocalTime time) {

        boolean isLike(Moment other) {
            return (date == null) == (other.date == null) && (day == null) == (other.day == null);
        }

        @Nullable
        LocalDateTime dateTime() {
            return date == null ? null : date.atTime(time);
        }
    }

    /** Such as {@code 24h}: more than nothing, and at most 366 days. */
    static Optional<Duration> duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        Duration duration = switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return duration.isZero() || duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
    }

    /** A zone of the time zone database: an offset would be wrong for half of the year. */
    static Optional<ZoneId> zone(String text) {
        return ZoneId.getAvailableZoneIds().contains(text) ? Optional.of(ZoneId.of(text)) : Optional.empty();
    }

    static Optional<DayOfWeek> day(String text) {
        return one(DayOfWeek.class, text);
    }

    static Optional<Moment> moment(String text) {
        try {
            Matcher dateTime = DATE_TIME.matcher(text);
            if (dateTime.matches()) {
                return Optional.of(new Moment(LocalDate.parse(dateTime.group(1)), null, time(dateTime.group(2))));
            }
            Matcher dayTime = DAY_TIME.matcher(text);
            if (dayTime.matches()) {
                LocalTime time = time(dayTime.group(2));
                return day(dayTime.group(1)).map(day -> new Moment(null, day, time));
            }
            return Optional.of(new Moment(null, null, time(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalTime time(String text) {
        if (!TIME.matcher(text).matches()) {
            throw new DateTimeException(text);
        }
        return LocalTime.parse(text);
    }

    /** A constant in lower case with hyphens. */
    static <E extends Enum<E>> Optional<E> one(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants()).filter(constant -> written(constant).equals(text)).findFirst();
    }

    /** What may be written, such as {@code 'block', 'local' or 'allow'}. */
    static String choices(List<? extends Enum<?>> constants) {
        return ListText.or(ListText.quoted(constants.stream().map(PolicyValues::written).toList()));
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
