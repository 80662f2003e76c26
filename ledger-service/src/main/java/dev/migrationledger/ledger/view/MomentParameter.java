package dev.migrationledger.ledger.view;

import dev.migrationledger.ledger.problem.Refusal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A moment as a request names it. */
public final class MomentParameter {

    public static final String AT = "The state at this ISO 8601 instant, such as 2026-01-31T12:00:00Z, as far as the ledger knows it now."
            + " Absent: now.";
    public static final String KNOWN_AT = "Only what the ledger had recorded by this ISO 8601 instant. Absent: now.";

    /** As of events; PostgreSQL knows no moment as far away as Java does. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private MomentParameter() {}

    /**
     * The instant that a parameter names.
     *
     * @param name of the parameter
     * @return null where the parameter is absent or empty
     * @throws Refusal with status 400 that names the parameter, if it is no instant, or none of the years 1 to 9999
     */
    public static @Nullable Instant read(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            // A plus that nobody encoded arrives as a blank.
            Instant moment = Instant.parse(value.strip().replace(' ', '+'));
            if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
                throw refused("'%s' is not a valid %s; use an instant between the years 1 and 9999.", value, name);
            }
            return moment;
        } catch (DateTimeParseException e) {
            throw refused("'%s' is not a valid %s; use an ISO 8601 instant such as 2026-01-31T12:00:00Z.", value,
                    name);
        }
    }

    private static Refusal refused(String words, String value, String name) {
        return new Refusal(Refusal.problem(
                HttpStatus.BAD_REQUEST, "invalid-parameter", words.formatted(NotFound.shortened(value), name), name));
    }
}
