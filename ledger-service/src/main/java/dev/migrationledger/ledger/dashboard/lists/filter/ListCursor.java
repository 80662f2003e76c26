package dev.migrationledger.ledger.dashboard.lists.filter;

import dev.migrationledger.ledger.problem.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list: what its last row is sorted by. A page that begins after it has the same rows whatever came before meanwhile.
 *
 * @param parameter of the address
 * @param values as the address has them
 */
public record ListCursor(String parameter, List<String> values) {

    /** A refusal names so many characters of a wrong value. */
    private static final int SHOWN = 60;

    public ListCursor {
        values = List.copyOf(values);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param parts how many values it has
     * @return absent where the text is empty
     * @throws Refusal with status 422 if it is something else
     */
    public static @Nullable ListCursor read(String parameter, String text, int parts) {
        if (text.isEmpty()) {
            return null;
        }
        List<String> values = Stream.of(text.split("/", -1))
                .map(it -> it.replace("%2F", "/").replace("%25", "%")).toList();
        if (values.size() != parts) {
            throw refusal(parameter, text);
        }
        return new ListCursor(parameter, values);
    }

    /** As an address has it. */
    public static String text(Object... values) {
        return Stream.of(values).map(it -> it.toString().replace("%", "%25").replace("/", "%2F"))
                .collect(Collectors.joining("/"));
    }

    /** A value that is a time. */
    public Instant instant(int at) {
        try {
            Instant instant = Instant.parse(values.get(at));
            // PostgreSQL has no moment as far away as Java has.
            if (instant.isAfter(Instant.EPOCH.minusSeconds(1))
                    && instant.isBefore(Instant.parse("9999-12-31T00:00:00Z"))) {
                return instant;
            }
        } catch (DateTimeException e) {
            // It is refused like any other.
        }
        throw refusal(parameter, values.get(at));
    }

    /** A value that is an id. */
    public UUID uuid(int at) {
        try {
            return UUID.fromString(values.get(at));
        } catch (IllegalArgumentException e) {
            throw refusal(parameter, values.get(at));
        }
    }

    private static Refusal refusal(String parameter, String text) {
        return Refusal.invalid(parameter,
                "'%s' is not a place in this list. Remove '%s' from the address to begin at the first page."
                        .formatted(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…", parameter));
    }
}
