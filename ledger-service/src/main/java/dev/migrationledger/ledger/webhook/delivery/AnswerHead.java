package dev.migrationledger.ledger.webhook.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status and headers of an answer.
 *
 * @param headers by their names in lower case
 */
record AnswerHead(int status, Map<String, String> headers) {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int ERRORS = 400;

    /**
     * Reads one up to its empty line.
     *
     * @param most bytes that it may have
     * @return empty: it is none, or the connection ended before
     */
    static Optional<AnswerHead> read(InputStream in, int most) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END.length) {
            int next = head.size() < most ? in.read() : -1;
            if (next < 0) {
                return Optional.empty();
            }
            head.write(next);
            matched = next == END[matched] ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return parse(head.toString(StandardCharsets.ISO_8859_1));
    }

    private static Optional<AnswerHead> parse(String head) {
        List<String> lines = head.lines().toList();
        Matcher status = STATUS.matcher(lines.getFirst());
        if (!status.matches()) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return Optional.of(new AnswerHead(Integer.parseInt(status.group(1)), headers));
    }

    /** Another answer follows. */
    boolean isInterim() {
        return status < OK;
    }

    ReceiverAnswer answer() {
        boolean redirects = status >= REDIRECTS && status < ERRORS && headers.containsKey("location");
        String words = "status %d".formatted(status)
                + (redirects ? ", which redirects to %s: redirects are not followed".formatted(target()) : "");
        return new ReceiverAnswer(status >= OK && status < REDIRECTS, words, retryAfter());
    }

    /** Only the origin: the rest may be a secret. */
    private String target() {
        try {
            URI location = URI.create(headers.getOrDefault("location", ""));
            return location.getHost() == null ? "the same host" : ReceiverAddress.origin(location);
        } catch (IllegalArgumentException e) {
            return "something that is not an address";
        }
    }

    private Duration retryAfter() {
        String seconds = headers.getOrDefault("retry-after", "");
        return seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }
}
