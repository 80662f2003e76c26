package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Moment;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Python's {@code datetime} says of a moment, in its usual locale. */
public final class Moments {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Moments() {}

    /** As {@code str()} has it. */
    public static String shown(Moment moment) {
        int microseconds = moment.time().getNano() / 1_000;
        return SECONDS.format(moment.time()) + (microseconds == 0 ? "" : ".%06d".formatted(microseconds))
                + (moment.aware() ? offset(moment.time(), ":") : "");
    }

    private static String offset(ZonedDateTime time, String colon) {
        int seconds = time.getOffset().getTotalSeconds();
        int all = Math.abs(seconds);
        String offset = "%s%02d%s%02d".formatted(seconds < 0 ? "-" : "+", all / 3_600, colon, all / 60 % 60);
        return all % 60 == 0 ? offset : offset + "%s%02d".formatted(colon, all % 60);
    }

    static @Nullable Long field(Moment moment, String name) {
        ZonedDateTime time = moment.time();
        return switch (name) {
            case "year" -> (long) time.getYear();
            case "month" -> (long) time.getMonthValue();
            case "day" -> (long) time.getDayOfMonth();
            case "hour" -> (long) time.getHour();
            case "minute" -> (long) time.getMinute();
            case "second" -> (long) time.getSecond();
            case "microsecond" -> (long) time.getNano() / 1_000;
            default -> null;
        };
    }

    /** {@code strftime}; absent where a directive is not known here. */
    static @Nullable String formatted(Moment moment, String format) {
        StringBuilder text = new StringBuilder();
        boolean directive = false;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            String part = directive ? directive(moment, c) : c == '%' ? "" : String.valueOf(c);
            if (part == null) {
                return null;
            }
            text.append(part);
            directive = !directive && c == '%';
        }
        return directive ? null : text.toString();
    }

    private static @Nullable String directive(Moment moment, char directive) {
        ZonedDateTime time = moment.time();
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        return switch (directive) {
            case 'Y' -> String.valueOf(time.getYear());
            case 'm' -> "%02d".formatted(time.getMonthValue());
            case 'd' -> "%02d".formatted(time.getDayOfMonth());
            case 'H' -> "%02d".formatted(time.getHour());
            case 'I' -> "%02d".formatted(hour);
            case 'M' -> "%02d".formatted(time.getMinute());
            case 'S' -> "%02d".formatted(time.getSecond());
            case 'f' -> "%06d".formatted(time.getNano() / 1_000);
            case 'y' -> "%02d".formatted(time.getYear() % 100);
            case 'j' -> "%03d".formatted(time.getDayOfYear());
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'b' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'z' -> moment.aware() ? offset(time, "") : "";
            case '%' -> "%";
            default -> null;
        };
    }
}
