package dev.migrationledger.agent.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 5s}, {@code 500ms}, {@code 1m} or plain seconds. */
public final class Interval implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(ms|s|m)?");
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    @Override
    public Duration convert(String value) {
        Matcher form = FORM.matcher(value.strip());
        if (form.matches()) {
            long count = Long.parseLong(form.group(1));
            String unit = form.group(2);
            Duration interval = "ms".equals(unit)
                    ? Duration.ofMillis(count)
                    : "m".equals(unit) ? Duration.ofMinutes(count) : Duration.ofSeconds(count);
            if (interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0) {
                return interval;
            }
        }
        throw new TypeConversionException(
                "'%s' is not an interval from 100ms to 60m; write one such as 5s".formatted(value));
    }
}
