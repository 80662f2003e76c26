package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.send.http.LedgerClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from a ledger, and can do nothing else to it: {@code ArchitectureTest} allows no other class of these tools to know its client. */
public final class LedgerReader {

    private final String url;

    private LedgerReader(String url) {
        this.url = url;
    }

    /** The ledger at this address; fails with wrong usage if it is no address, or if what signs in to it cannot be used. */
    public static LedgerReader at(String url) {
        LedgerClient.at(url).close();
        return new LedgerReader(url);
    }

    /**
     * Asks for something. Who asks is read again each time: keys and tokens change while a server runs.
     *
     * @throws CommandFailure saying why there is no answer
     */
    <T> T get(Path path, Class<T> type) {
        try (LedgerClient client = LedgerClient.at(url)) {
            return client.get(path.text(), type);
        }
    }

    /** The text of a file; fails as {@link #get}. */
    String file(Path path) {
        try (LedgerClient client = LedgerClient.at(url)) {
            return new String(client.file(path.text()), StandardCharsets.UTF_8);
        }
    }

    /** An address below {@code /api/v1}; whatever becomes part of it is escaped. */
    static final class Path {

        private final StringBuilder path = new StringBuilder("/api/v1");
        private final List<String> parameters = new ArrayList<>();

        static Path of(String... parts) {
            Path path = new Path();
            for (String part : parts) {
                path.path.append('/').append(escaped(part));
            }
            return path;
        }

        Path with(String parameter, @Nullable String value) {
            if (value != null) {
                parameters.add(parameter + "=" + escaped(value));
            }
            return this;
        }

        Path with(String parameter, Optional<String> value) {
            return with(parameter, value.orElse(null));
        }

        String text() {
            return path + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
        }

        private static String escaped(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }
}
