package dev.migrationledger.ledger.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.testsupport.fuzz.Mutator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Gets each address with any names, parameters and headers: each is answered, and never with a failure of the ledger. */
final class AddressFuzzer {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** As much of an answer as is read. */
    private static final int MOST_BYTES = 2_000_000;

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}|\\*\\*");

    /** Parts of paths and queries that are not what a client would encode. */
    private static final List<String> RAW = List.of("%00", "%ff", "%c0%af", "%e2%80%ae", "..", "%2e%2e", "%2F", "%5c",
            ";a=b", "+", "%0d%0aX:y", "~", "0/000", "99/000.p/1", "entries/000.p/255",
            "0/x999/x999/x999/x999/x999/x999/999", "entries/x999/x999/x999/x999/x999/999.p/1", "");

    /** What parameters of any address may have; which one has which is left to chance. */
    private static final List<String> VALUES = List.of("navbot", "random1", "random2", "navbot/random1", "r1", "r6",
            "2026-01-01T12:00:00Z", "2026-01-01", "-1d", "7d", "last-week", "0000-01-01T00:00:00Z",
            "+999999999-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "Europe/Zurich", "+18:00", "UTC+99", "error", "open",
            "unknown-revision", "1", "0", "-1", "100", "1000", "1001", "9223372036854775807", "-9223372036854775808",
            "00000000-0000-0000-0000-000000000001", "1-1-1-1-1", "true", "csv", "json", "ndjson", "environment:random1",
            "kind:applied -actor:ci since:7d", "state:open,resolved", "position:1..9", "tier=prod", "a~b", "a,b,c");

    private final TestClient ledger;
    private final List<Address> addresses = new ArrayList<>();

    private record Address(String path, Set<String> parameters) {}

    /** @param served what answers each address */
    AddressFuzzer(TestClient ledger, Map<RequestMappingInfo, HandlerMethod> served) {
        this.ledger = ledger;
        Map<String, Set<String>> all = new TreeMap<>();
        served.forEach((mapping, method) -> {
            Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
            if (methods.isEmpty() || methods.contains(RequestMethod.GET)) {
                mapping.getPatternValues().forEach(
                        path -> all.computeIfAbsent(path, _ -> new TreeSet<>()).addAll(parameters(method)));
            }
        });
        for (String other : List.of("/actuator/**", "/actuator/health/**", "/ledger.css/**", "/**")) {
            all.put(other, Set.of("includedNames"));
        }
        all.forEach((path, parameters) -> addresses.add(new Address(path, parameters)));
    }

    private static Set<String> parameters(HandlerMethod method) {
        Set<String> names = new TreeSet<>(Set.of("q", "after", "before"));
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
            if (declared != null) {
                names.add(declared.name().isEmpty()
                        ? Objects.requireNonNull(parameter.getParameter().getName())
                        : declared.name());
            }
        }
        return names;
    }

    int addresses() {
        return addresses.size();
    }

    /** One request for each address. */
    void get(long seed) {
        for (int i = 0; i < addresses.size(); i++) {
            Mutator mutator = new Mutator(seed * 1_000 + i);
            String path = path(mutator, addresses.get(i));
            try {
                check(mutator, path);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("-Dfuzz.seed=%d: GET %s: %s".formatted(seed, path, e), e);
            }
        }
    }

    private static String path(Mutator mutator, Address address) {
        String path = VARIABLE.matcher(address.path()).replaceAll(
                variable -> Matcher.quoteReplacement(segment(mutator, variable.group())));
        StringBuilder query = new StringBuilder();
        for (String name : address.parameters()) {
            // Without a value it waits for 20 seconds.
            if (name.equals("wait")) {
                query.append("&wait=").append(mutator.any(List.of("0", "-1", "x", "99999999999")));
            } else if (mutator.random().nextBoolean()) {
                for (int times = mutator.oneIn(10) ? 3 : 1; times > 0; times--) {
                    query.append('&').append(name).append('=').append(value(mutator));
                }
            }
        }
        if (mutator.oneIn(10)) {
            query.append('&').append(value(mutator)).append('=').append(value(mutator));
        }
        return path + (query.isEmpty() ? "" : "?" + query.substring(1));
    }

    private static String segment(Mutator mutator, String variable) {
        String known = switch (variable) {
            case "{project}" -> "navbot";
            case "{environment}" -> mutator.any(List.of("random1", "random2"));
            case "{revision}" -> "r" + mutator.random().nextInt(7);
            default -> mutator.any(VALUES);
        };
        return mutator.oneIn(3) ? value(mutator) : encoded(known);
    }

    private static String value(Mutator mutator) {
        return switch (mutator.random().nextInt(6)) {
            case 0 -> mutator.any(RAW);
            case 1 -> encoded(mutator.any(VALUES)) + mutator.any(RAW);
            case 2, 3 -> encoded(mutator.odd(VALUES));
            default -> encoded(mutator.any(VALUES));
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void check(Mutator mutator, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = ledger.request("/")
                .uri(URI.create(ledger.request("/").build().uri() + path.substring(1)))
                .timeout(LONGEST).GET();
        if (mutator.oneIn(2)) {
            request.header("Accept", mutator.any(List.of("text/html", "application/json", "text/event-stream", "*/*",
                    "image/png", "text/html;q=x")));
        }
        if (mutator.oneIn(10)) {
            request.header(mutator.any(List.of("Last-Event-ID", "Cookie", "If-None-Match", "Range", "Accept-Language")),
                    mutator.any(List.of("-1", "x", "9223372036854775808", "a=b;c", "bytes=0-", "\u00e9")));
        }
        HttpResponse<InputStream> answer = ledger.stream(request);
        String body;
        try (InputStream stream = answer.body()) {
            boolean endless = answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
            body = endless ? "" : new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
        // The ledger notices only at the next message that a reader is gone.
        if (answer.statusCode() != 503 || !body.contains("\"too-many-streams\"")) {
            assertThat(answer.statusCode()).as(body).isBetween(200, 499);
        }
        if (answer.statusCode() >= 400) {
            // The actuator answers with the status alone.
            assertThat(body.isBlank() && !path.startsWith("/actuator/")).as("an empty answer").isFalse();
            assertThat(body).doesNotContain("dev.migrationledger", "org.springframework", "java.lang",
                    "SQLException");
        }
    }
}
