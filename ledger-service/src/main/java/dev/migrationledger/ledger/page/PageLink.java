package dev.migrationledger.ledger.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Addresses with the state of a page in their queries. */
public final class PageLink {

    private PageLink() {}

    /**
     * An address with parameters.
     *
     * @param namesAndValues in turn; one without a value is left out
     */
    public static String of(String path, @Nullable Object... namesAndValues) {
        StringBuilder address = new StringBuilder(path);
        for (int at = 0; at < namesAndValues.length; at += 2) {
            Object value = namesAndValues[at + 1];
            if (value != null && !value.toString().isEmpty()) {
                address.append(address.indexOf("?") < 0 ? '?' : '&').append(namesAndValues[at]).append('=')
                        .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
            }
        }
        return address.toString();
    }
}
