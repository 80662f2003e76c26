package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.page.PageAddress;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** What pages about a history link to, beside the pages of {@code PageAddress}. */
final class Addresses {

    /** Enough that no two revisions of a project share one. */
    private static final int ANCHOR = 12;

    private Addresses() {}

    /** Of what the ledger knows of a revision, as JSON. */
    static String history(String project, String revision) {
        return "/api/v1/projects/%s/history/%s".formatted(segment(project), segment(revision));
    }

    static String file(String project, String digest) {
        return "/api/v1/projects/%s/files/%s".formatted(segment(project), segment(digest));
    }

    /** Of a revision's page with one content of its file. */
    static String content(String project, String revision, String digest) {
        return PageAddress.of(PageAddress.revision(project, revision), "content", Digests.shortened(digest))
                + "#contents";
    }

    /** The overview, with the environments of a project. */
    static String environments(String project) {
        return PageAddress.of("/", "q", "project:" + project);
    }

    /** Where a revision is within a page. */
    static String anchor(String revision) {
        return "r" + Sha256.hex(revision).substring(0, ANCHOR);
    }

    private static String segment(String text) {
        return UriUtils.encodePathSegment(text, StandardCharsets.UTF_8);
    }
}
