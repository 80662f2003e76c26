package dev.migrationledger.agent.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When something ends: {@code 2027-01-31}, {@code 2027-01-31T18:00:00+01:00}, {@code 30d}, {@code 12h} or {@code 90m}. */
public final class EndConverter implements ITypeConverter<Instant> {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,5})([dhm])");

    @Override
    public Instant convert(String value) {
        String text = value.strip();
        Matcher duration = DURATION.matcher(text);
        if (duration.matches()) {
            long count = Long.parseLong(duration.group(1));
            return Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(switch (duration.group(2)) {
                case "d" -> Duration.ofDays(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofMinutes(count);
            });
        }
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'%s' is not a time; write 2027-01-31, 2027-01-31T18:00:00Z or 30d".formatted(value));
        }
    }
}
