package dev.migrationledger.ledger.page;

import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.text.Sha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Addresses of pages, with the state of a page in their queries. Ids of revisions are free texts, so every part is encoded. */
public final class PageAddress {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9_.~-]*");

    /** So many characters tell the revisions of a project apart. */
    private static final int HASH = 16;

    private PageAddress() {}

    /**
     * An address with parameters.
     *
     * @param namesAndValues in turn; a name without a value is left out
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

    public static String project(String project) {
        return "/projects/" + segment(project);
    }

    /**
     * An id that a path cannot carry is a parameter: servers refuse encoded slashes and resolve dots. Secrets are hidden in addresses, too, so of what
     * looks like one the address has a hash.
     */
    public static String revision(String project, String revision) {
        String revisions = project(project) + "/revisions";
        if (!Redaction.of(revision).equals(revision)) {
            return of(revisions, "hash", Sha256.hex(revision).substring(0, HASH));
        }
        return PLAIN.matcher(revision).matches() ? revisions + "/" + revision : of(revisions, "id", revision);
    }

    public static String environment(String project, String environment) {
        return project(project) + "/environments/" + segment(environment);
    }

    public static String policy(String project) {
        return project(project) + "/policy";
    }

    public static String merge(String project, UUID merge) {
        return project(project) + "/merges/" + merge;
    }

    /** An environment as it was at a moment, as the ledger knew it at another one; absent: now. */
    public static String environment(
            String project, String environment, @Nullable Instant at, @Nullable Instant knownAt) {
        return of(environment(project, environment), "at", at, "knownAt", knownAt);
    }

    /** Two environments side by side, or two moments of one. Absent: now. */
    public static String comparison(
            String project, String left, @Nullable Instant leftAt, String right, @Nullable Instant rightAt,
            @Nullable Instant knownAt) {
        return of(project(project) + "/compare", "left", left, "leftAt", leftAt, "right", right, "rightAt", rightAt,
                "knownAt", knownAt);
    }

    /** One event as it is stored, with what proves it. */
    public static String event(long position) {
        return "/events/" + position;
    }

    /** What the audit finds. */
    public static String audit(String query) {
        return of("/audit", "q", query);
    }

    private static String segment(String text) {
        return UriUtils.encodePathSegment(text, StandardCharsets.UTF_8);
    }
}
