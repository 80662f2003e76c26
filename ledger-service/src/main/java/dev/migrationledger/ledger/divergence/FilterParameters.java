package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.ledger.problem.PageRequest;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.view.MomentParameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A filter as a request names it. What cannot be meant is refused: an answer to another question looks like good news. */
final class FilterParameters {

    static final String CODE = "Only those with this code, such as multiple-heads; repeatable";
    static final String SEVERITY = "Only those with this severity: error, warning or info; repeatable";
    static final String STATE = "open (the default), resolved or all";
    static final String SINCE = "Only those that were still open at this ISO 8601 instant";
    static final String UNTIL = "Only those that were first seen by this ISO 8601 instant";

    private static final int LONGEST_QUOTE = 60;

    private FilterParameters() {}

    static DivergenceFilter read(
            @Nullable String project,
            @Nullable String environment,
            @Nullable List<String> codes,
            @Nullable List<String> severities,
            @Nullable String state,
            @Nullable String since,
            @Nullable String until,
            @Nullable String after,
            @Nullable String limit) {
        return new DivergenceFilter(
                project,
                environment == null || environment.isBlank() ? null : environment,
                all("code", codes, DivergenceCode.values(), DivergenceCode::code),
                all("severity", severities, Severity.values(), it -> it.name().toLowerCase(Locale.ROOT)),
                open(state),
                MomentParameter.read("since", since),
                MomentParameter.read("until", until),
                after(after),
                PageRequest.limit(limit));
    }

    private static <E> List<E> all(
            String name, @Nullable List<String> given, E[] values, Function<E, String> written) {
        return given == null
                ? List.of()
                : given.stream()
                        .filter(one -> !one.isBlank())
                        .map(one -> Arrays.stream(values)
                                .filter(value -> written.apply(value).equals(one.strip()))
                                .findFirst()
                                .orElseThrow(() -> refused(name, one,
                                        ListText.or(Arrays.stream(values).map(written).toList()))))
                        .toList();
    }

    private static @Nullable Boolean open(@Nullable String state) {
        return switch (state == null || state.isBlank() ? "open" : state.strip()) {
            case "open" -> true;
            case "resolved" -> false;
            case "all" -> null;
            default -> throw refused("state", String.valueOf(state), "open, resolved or all");
        };
    }

    private static @Nullable UUID after(@Nullable String after) {
        if (after == null || after.isBlank()) {
            return null;
        }
        try {
            return UUID.fromString(after.strip());
        } catch (IllegalArgumentException e) {
            throw refused("after", after, "the id of a divergence");
        }
    }

    private static Refusal refused(String name, String value, String possible) {
        String quoted = value.length() <= LONGEST_QUOTE ? value : value.substring(0, LONGEST_QUOTE) + "…";
        return new Refusal(Refusal.problem(
                HttpStatus.BAD_REQUEST,
                "invalid-parameter",
                "'%s' is not a valid %s; use %s.".formatted(quoted, name, possible),
                name));
    }
}
