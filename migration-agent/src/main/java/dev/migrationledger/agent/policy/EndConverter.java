package dev.migrationledger.agent.policy;

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

/** {@code 2027-01-31}, {@code 2027-01-31T18:00:00+01:00}, {@code 30d} or {@code 12h}. */
final class EndConverter implements ITypeConverter<Instant> {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,5})([dh])");

    @Override
    public Instant convert(String value) {
        String text = value.strip();
        Matcher duration = DURATION.matcher(text);
        if (duration.matches()) {
            long count = Long.parseLong(duration.group(1));
            return Instant.now().truncatedTo(ChronoUnit.SECONDS)
                    .plus(duration.group(2).equals("d") ? Duration.ofDays(count) : Duration.ofHours(count));
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
