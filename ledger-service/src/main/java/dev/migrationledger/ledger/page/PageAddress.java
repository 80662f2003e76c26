package dev.migrationledger.ledger.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Addresses of pages. Ids of revisions are free texts, so every part is encoded. */
public final class PageAddress {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9_.~-]*");

    private PageAddress() {}

    public static String project(String project) {
        return "/projects/" + segment(project);
    }

    /** An id that a path cannot carry is a parameter: servers refuse encoded slashes and resolve dots. */
    public static String revision(String project, String revision) {
        return project(project) + "/revisions" + (PLAIN.matcher(revision).matches()
                ? "/" + revision
                : query("id", revision));
    }

    public static String environment(String project, String environment) {
        return project(project) + "/environments/" + segment(environment);
    }

    public static String merge(String project, UUID merge) {
        return project(project) + "/merges/" + merge;
    }

    /** An environment as it was at a moment, as the ledger knew it at another one; absent: now. */
    public static String environment(
            String project, String environment, @Nullable Instant at, @Nullable Instant knownAt) {
        return environment(project, environment)
                + query("at", at, "knownAt", knownAt);
    }

    /** Two environments side by side, or two moments of one. Absent: now. */
    public static String comparison(
            String project, String left, @Nullable Instant leftAt, String right, @Nullable Instant rightAt) {
        return project(project) + "/compare"
                + query("left", left, "leftAt", leftAt, "right", right, "rightAt", rightAt);
    }

    /** Two environments at one moment, for programs. */
    public static String comparisonAsJson(String project, String left, String right, @Nullable Instant at) {
        return "/api/v1" + project(project) + "/compare" + query("left", left, "right", right, "at", at);
    }

    /** What the audit finds. */
    public static String audit(String query) {
        return "/audit" + query("q", query);
    }

    /**
     * Begins with a question mark.
     *
     * @param namesAndValues in turn; a name without a value is left out
     */
    private static String query(@Nullable Object... namesAndValues) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&').append(namesAndValues[i]).append('=')
                        .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
            }
        }
        return query.toString();
    }

    private static String segment(String text) {
        return UriUtils.encodePathSegment(text, StandardCharsets.UTF_8);
    }
}
