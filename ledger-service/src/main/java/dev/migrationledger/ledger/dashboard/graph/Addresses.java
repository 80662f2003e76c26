package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.text.Sha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/** Of pages. Ids of revisions are free texts. */
final class Addresses {

    /** Enough that no two revisions of a project share one. */
    private static final int ANCHOR = 12;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9_.~-]*");

    private Addresses() {}

    static String project(String project) {
        return "/projects/" + segment(project);
    }

    /** An id that a path cannot carry is a parameter: servers refuse encoded slashes and resolve dots. */
    static String revision(String project, String revision) {
        return project(project) + "/revisions" + (PLAIN.matcher(revision).matches()
                ? "/" + revision
                : "?id=" + URLEncoder.encode(revision, StandardCharsets.UTF_8));
    }

    /** Of what the ledger knows of a revision, as JSON. */
    static String history(String project, String revision) {
        return "/api/v1/projects/%s/history/%s".formatted(segment(project), segment(revision));
    }

    static String file(String project, String digest) {
        return "/api/v1/projects/%s/files/%s".formatted(segment(project), segment(digest));
    }

    static String environment(String project, String environment) {
        return project(project) + "/environments/" + segment(environment);
    }

    /** The overview, with the environments of a project. */
    static String environments(String project) {
        return "/?q=" + URLEncoder.encode("project:" + project, StandardCharsets.UTF_8);
    }

    /** Where a revision is within a page. */
    static String anchor(String revision) {
        return "r" + Sha256.hex(revision).substring(0, ANCHOR);
    }

    private static String segment(String text) {
        return UriUtils.encodePathSegment(text, StandardCharsets.UTF_8);
    }
}
