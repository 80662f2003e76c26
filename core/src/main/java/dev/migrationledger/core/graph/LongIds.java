package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.Revision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ids that the version table's column may be too narrow for. However many there are, they are one finding. */
public final class LongIds {

    /** Alembic makes the column {@code VARCHAR(32)}; a project may widen it. */
    public static final int USUAL_WIDTH = 32;

    private LongIds() {}

    /** Those of these revisions whose id has more characters than that, in their order. */
    public static List<Revision> of(List<Revision> revisions, int width) {
        return revisions.stream().filter(revision -> length(revision) > width).toList();
    }

    /** For a history by itself, whose version table was not read. */
    public static Optional<Finding> perhaps(List<Revision> revisions) {
        List<Revision> longer = of(revisions, USUAL_WIDTH);
        return longer.isEmpty()
                ? Optional.empty()
                : Optional.of(finding(Severity.WARNING, longer,
                        "than the %d characters that Alembic gives version_num".formatted(USUAL_WIDTH),
                        "Widen the column before an upgrade gets there, or shorten an id that no database has."));
    }

    /** For revisions that a version table cannot hold and that still have to run. */
    public static Finding certainly(List<Revision> longer, String table, int width) {
        return finding(Severity.ERROR, longer, "than the %d characters of version_num in %s".formatted(width, table),
                "Widen the column, or shorten an id that no database has: the upgrade fails there.");
    }

    private static Finding finding(Severity severity, List<Revision> longer, String limit, String advice) {
        List<String> ids = longer.stream()
                .map(revision -> "'%s' (%d)".formatted(Problems.shortened(revision.revision()), length(revision)))
                .toList();
        String message = longer.size() == 1
                ? "The id %s is longer %s.".formatted(ids.getFirst(), limit)
                : "%d ids are longer %s: %s.".formatted(longer.size(), limit, Problems.few(ids));
        return new Finding(DivergenceCode.REVISION_ID_INVALID, severity, "", message,
                Stream.concat(
                        longer.stream().limit(Problems.MOST_NAMED).map(revision -> Exhibit.file(revision.file())),
                        Stream.of(Exhibit.detail(advice))).toList(),
                List.of());
    }

    private static int length(Revision revision) {
        return revision.revision().codePointCount(0, revision.revision().length());
    }
}
