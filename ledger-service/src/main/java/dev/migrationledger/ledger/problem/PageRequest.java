package dev.migrationledger.ledger.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * A page of an ordered list, as a request names it.
 *
 * @param after the key of the last entry of the page before; empty: the first page
 * @param limit how many entries at most
 */
public record PageRequest(String after, int limit) {

    public static final String AFTER = "Where the page begins: copy it from the Link header of the page before. Absent: the first page.";
    public static final String LIMIT = "The size of a page: 1 to 1000 (default 100)";
    public static final String LINK = "The address of the next page, if there is one: <address>; rel=\"next\"";

    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    /** So much of a wrong parameter is repeated. */
    private static final int SHOWN = 63;

    /**
     * As the parameters of a request name it.
     *
     * @throws Refusal with status 400 if the limit is none
     */
    public static PageRequest read(@Nullable String after, @Nullable String limit) {
        return new PageRequest(after == null ? "" : after.strip(), limit(limit));
    }

    /**
     * A limit as a parameter names it.
     *
     * @throws Refusal with status 400 if it is no number from 1 to 1000
     */
    public static int limit(@Nullable String limit) {
        if (limit == null || limit.isBlank()) {
            return USUAL;
        }
        String digits = limit.strip();
        if (digits.matches("\\d{1,6}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= MOST) {
            return Integer.parseInt(digits);
        }
        throw new Refusal(Refusal.problem(
                HttpStatus.BAD_REQUEST,
                "invalid-parameter",
                "'%s' is not a valid limit; use 1 to %d."
                        .formatted(limit.length() <= SHOWN ? limit : limit.substring(0, SHOWN) + "…", MOST),
                "limit"));
    }

    /**
     * The page with the address of the next one, if there is one.
     *
     * @param found one more than {@link #limit} where there are more
     * @param key what {@code after} has to be to go on behind an entry
     */
    public <T> ResponseEntity<List<T>> answer(List<T> found, Function<T, String> key, HttpServletRequest request) {
        if (found.size() <= limit) {
            return ResponseEntity.ok(found);
        }
        List<T> page = found.subList(0, limit);
        return ResponseEntity.ok()
                .header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next(request, key.apply(page.getLast()))))
                .body(page);
    }

    private static String next(HttpServletRequest request, String after) {
        List<String> parameters = new ArrayList<>();
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals("after")) {
                for (String value : values) {
                    parameters.add(encoded(name) + "=" + encoded(value));
                }
            }
        });
        parameters.add("after=" + encoded(after));
        return request.getRequestURI() + "?" + String.join("&", parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
