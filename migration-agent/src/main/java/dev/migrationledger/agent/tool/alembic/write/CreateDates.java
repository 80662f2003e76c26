package dev.migrationledger.agent.tool.alembic.write;

import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Moment;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code create_date} of a new revision. */
final class CreateDates {

    private CreateDates() {}

    /** In the project's time zone, or in the machine's, which Python's value then does not name. */
    static Moment moment(@Nullable String timezone, ZonedDateTime time) throws NotWritten {
        if (timezone == null) {
            return new Moment(time, false);
        }
        String zone = isZone(timezone) ? timezone : timezone.toUpperCase(Locale.ROOT);
        if (!isZone(zone)) {
            throw new NotWritten("'timezone = %s' is not a name of the time zone database.".formatted(timezone));
        }
        return new Moment(time.withZoneSameInstant(ZoneId.of(zone)), true);
    }

    /** Java has some names of its own. */
    private static boolean isZone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) && !name.startsWith("SystemV/");
    }
}
