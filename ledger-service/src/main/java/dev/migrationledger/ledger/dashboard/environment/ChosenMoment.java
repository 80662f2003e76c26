package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.ledger.page.PageMoment;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.view.Moment;
import dev.migrationledger.ledger.view.MomentParameter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The moment that the reader of a page chose: in the address, with the slider, or with the fields for exact times.
 *
 * @param canonical whether the address says it in the form that links have
 */
record ChosenMoment(@Nullable Instant at, @Nullable Instant knownAt, boolean canonical) {

    /**
     * Reads the parameters of an address.
     *
     * @param slide seconds since 1970, as the slider has it
     * @param end the right end of the slider, which is now
     * @throws Refusal with status 400 that names the parameter, if one names no moment
     */
    static ChosenMoment read(
            @Nullable String at, @Nullable String knownAt, @Nullable String slide, @Nullable String end) {
        Instant known = PageMoment.read("knownAt", knownAt);
        if (slide != null) {
            long seconds = seconds("slide", slide);
            return new ChosenMoment(end != null && seconds >= seconds("end", end)
                    ? null
                    : MomentParameter.read("slide", Instant.ofEpochSecond(seconds).toString()), known, false);
        }
        return new ChosenMoment(PageMoment.read("at", at), known,
                PageMoment.isAsInLinks(at) && PageMoment.isAsInLinks(knownAt) && end == null);
    }

    private static long seconds(String name, String text) {
        // Of the years 1 to 9999.
        if (!text.matches("-?\\d{1,12}")) {
            throw new Refusal(Refusal.problem(HttpStatus.BAD_REQUEST, "invalid-parameter",
                    "'%s' is not a valid %s; use seconds since 1970, such as 1767268800."
                            .formatted(text.length() > 30 ? text.substring(0, 30) + "…" : text, name),
                    name));
        }
        return Long.parseLong(text);
    }

    Moment moment() {
        return new Moment(at, knownAt);
    }

    boolean isNow() {
        return at == null && knownAt == null;
    }

    /** The earlier of both: nothing that is later is on the page. Absent: now. */
    @Nullable
    Instant latest() {
        if (at == null || knownAt == null) {
            return at == null ? knownAt : at;
        }
        return at.isBefore(knownAt) ? at : knownAt;
    }
}
