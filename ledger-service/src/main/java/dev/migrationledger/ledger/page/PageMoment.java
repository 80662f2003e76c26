package dev.migrationledger.ledger.page;

import dev.migrationledger.ledger.view.MomentParameter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A moment in the address of a page or in its fields. */
public final class PageMoment {

    /** As a browser sends what was chosen in a field for date and time, which has no zone: the page says that it is UTC. */
    private static final Pattern WITHOUT_ZONE = Pattern
            .compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d)(:\\d\\d(?:\\.\\d{1,9})?)?");

    private static final DateTimeFormatter FIELD = DateTimeFormatter
            .ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PageMoment() {}

    /**
     * The moment that a parameter names; absent where it names none.
     *
     * @throws dev.migrationledger.ledger.problem.Refusal with status 400 that names the parameter, if it is no moment
     */
    public static @Nullable Instant read(String name, @Nullable String value) {
        Matcher matcher = WITHOUT_ZONE.matcher(value == null ? "" : value.strip());
        return MomentParameter.read(name, matcher.matches()
                ? matcher.group(1) + (matcher.group(2) == null ? ":00" : matcher.group(2)) + "Z"
                : value);
    }

    /** Whether a parameter has the form that links have; a field sends another one, and an empty text. */
    public static boolean isAsInLinks(@Nullable String value) {
        return value == null || (!value.isBlank() && !WITHOUT_ZONE.matcher(value.strip()).matches());
    }

    /** For a field for date and time, in UTC; empty where there is no moment. */
    public static String field(@Nullable Instant at) {
        return at == null ? "" : FIELD.format(at);
    }
}
